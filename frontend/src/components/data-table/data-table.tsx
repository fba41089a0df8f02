import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { Column } from "./column";
import { RowCards } from "./row-cards";
import { RowTable } from "./row-table";

export interface DataTableProps<Row> {
  /** What the list holds, for those who cannot see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Buttons that concern one row. */
  actions?: ((row: Row) => ReactNode) | undefined;
  /** Stands instead of the list when there is nothing in it. */
  empty: ReactNode;
}

const tableWidth = "(min-width: 48em)";

/** A list as a table, or as cards where a table has no room. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const hasRoom = useMediaQuery(tableWidth, true, { getInitialValueInEffect: false });
  if (props.rows.length === 0) return props.empty;
  return hasRoom ? <RowTable {...props} /> : <RowCards {...props} />;
}
