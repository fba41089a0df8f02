import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { formatNumber } from "@/lib/format";
import { type Destination, typeNames } from "./destination";

const target = ({ type, username, gateway, port, transport }: Destination) =>
  type === "extension"
    ? `Extension ${username}`
    : `${gateway}${port > 0 ? `:${port}` : ""} ${transport === "none" ? "by DNS" : `over ${transport.toUpperCase()}`}`;

export const destinationColumns: readonly Column<Destination>[] = [
  { header: "Name", primary: true, cell: ({ name }) => name },
  {
    header: "Status",
    cell: ({ enabled }) =>
      enabled ? <Status tone="good">Enabled</Status> : <Status tone="bad">Disabled</Status>,
  },
  { header: "Type", cell: ({ type }) => typeNames[type] },
  { header: "Where", cell: target },
  { header: "We register", minor: true, cell: ({ register }) => (register ? "Yes" : "No") },
  {
    header: "Calls at a time",
    numeric: true,
    cell: ({ capacity }) => (capacity === 0 ? "No limit" : formatNumber(capacity)),
  },
];
