import type { Column } from "@/components/data-table/column";
import { formatDayTime, formatDuration } from "@/lib/format";
import type { Recording } from "@/lib/recording";

const party = (number: string, name: string) => (name ? `${number} (${name})` : number);

export const recordingColumns: readonly Column<Recording>[] = [
  { header: "Began", primary: true, cell: ({ started }) => formatDayTime(started) },
  { header: "From", cell: ({ caller, callerName }) => party(caller, callerName) },
  { header: "To", cell: ({ callee, calleeName }) => party(callee, calleeName) },
  {
    header: "Length",
    numeric: true,
    cell: ({ durationSeconds }) => formatDuration(durationSeconds),
  },
  { header: "Complete", minor: true, cell: ({ cutShort }) => (cutShort ? "No" : "Yes") },
];
