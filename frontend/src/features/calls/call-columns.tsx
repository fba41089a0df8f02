import { CallState } from "@/components/call-status";
import type { Column } from "@/components/data-table/column";
import { Party } from "@/components/party";
import { TickingDuration } from "@/components/ticking-duration";
import type { Call } from "@/lib/call";
import { formatTime } from "@/lib/format";

export const callColumns: readonly Column<Call>[] = [
  { header: "From", primary: true, cell: ({ caller }) => <Party party={caller} /> },
  { header: "To", cell: ({ callee }) => <Party party={callee} /> },
  {
    header: "State",
    cell: ({ state }) => <CallState state={state} />,
  },
  { header: "Through", cell: ({ destination }) => destination ?? "Between extensions" },
  { header: "Began", minor: true, cell: ({ started }) => formatTime(started) },
  {
    header: "Talking for",
    numeric: true,
    cell: ({ answered }) => (answered ? <TickingDuration since={answered} /> : "–"),
  },
  { header: "Node", minor: true, cell: ({ node }) => node },
];
