import type { ReactNode } from "react";

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  /** Names the row: its header in a table, its title on a card. One per list. */
  primary?: boolean;
  /** Figures stand right-aligned. */
  numeric?: boolean;
  /** Needs the room first to be left out of a table of medium width; cards show it always. */
  minor?: boolean;
}
