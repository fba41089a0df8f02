import { CallOutcome } from "@/components/call-status";
import type { Column } from "@/components/data-table/column";
import { Party } from "@/components/party";
import { type CallRecord, enders } from "@/lib/call";
import { formatDayTime, formatDuration } from "@/lib/format";

export const historyColumns: readonly Column<CallRecord>[] = [
  { header: "Began", primary: true, cell: ({ started }) => formatDayTime(started) },
  { header: "From", cell: ({ caller }) => <Party party={caller} /> },
  { header: "To", cell: ({ callee }) => <Party party={callee} /> },
  { header: "Outcome", cell: (record) => <CallOutcome record={record} /> },
  {
    header: "Talked",
    numeric: true,
    cell: ({ answered, durationSeconds }) => (answered ? formatDuration(durationSeconds) : "–"),
  },
  { header: "Ended by", minor: true, cell: ({ endedBy }) => enders[endedBy] },
  { header: "Through", minor: true, cell: ({ destination }) => destination ?? "–" },
];
