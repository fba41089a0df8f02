import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { formatDateTime, formatNumber } from "@/lib/format";
import { callsOf, type SystemNode, statusOf } from "./node";

export const nodeColumns: readonly Column<SystemNode>[] = [
  { header: "Node", primary: true, cell: ({ name }) => name },
  {
    header: "Status",
    cell: (node) => {
      const { tone, text } = statusOf(node);
      return <Status tone={tone}>{text}</Status>;
    },
  },
  { header: "Calls", cell: ({ gateway }) => callsOf(gateway) },
  {
    header: "Calls end by",
    cell: ({ gateway }) => (gateway?.drainDeadline ? formatDateTime(gateway.drainDeadline) : ""),
  },
  { header: "CPU", cell: ({ gateway }) => (gateway ? `${formatNumber(gateway.cpu * 100)} %` : "") },
  {
    header: "Messages wait",
    minor: true,
    cell: ({ gateway }) => (gateway ? `${formatNumber(gateway.delayMilliseconds)} ms` : ""),
  },
];
