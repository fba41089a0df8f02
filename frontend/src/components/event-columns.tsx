import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { type EventEntry, eventLooks } from "@/lib/event";
import { formatDateTime } from "@/lib/format";

export const eventColumns: readonly Column<EventEntry>[] = [
  { header: "When", primary: true, cell: ({ at }) => formatDateTime(at) },
  {
    header: "Type",
    cell: ({ type }) => <Status tone={eventLooks[type].tone}>{eventLooks[type].text}</Status>,
  },
  { header: "What happened", cell: ({ message }) => message },
];
