import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import type { Route } from "./route";

export const prefixText = ({ prefix }: Route) =>
  prefix === "" ? "Any other number" : `${prefix}…`;

export const routeColumns: readonly Column<Route>[] = [
  { header: "Numbers", primary: true, cell: prefixText },
  { header: "Destination", cell: ({ destination }) => destination },
  { header: "Order", numeric: true, cell: ({ order }) => order },
  {
    header: "Status",
    cell: ({ enabled }) =>
      enabled ? <Status tone="good">In use</Status> : <Status tone="bad">Disabled</Status>,
  },
];
