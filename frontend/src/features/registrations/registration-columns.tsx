import { Text } from "@mantine/core";
import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { formatRemaining, formatWhen } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { endpoint, type Registration, transportNames } from "./registration";

export const registrationColumns: readonly Column<Registration>[] = [
  { header: "Extension", primary: true, cell: ({ username }) => username },
  { header: "Device", cell: ({ userAgent }) => userAgent || "–" },
  { header: "Address", cell: ({ address, port }) => endpoint(address, port) },
  { header: "Transport", cell: ({ transport }) => transportNames[transport] },
  {
    header: "Contact",
    minor: true,
    cell: ({ contact }) => (
      <Text size="sm" c="dimmed" truncate maw={280} title={contact}>
        {contact}
      </Text>
    ),
  },
  {
    header: "Status",
    cell: ({ unreachable }) =>
      unreachable ? (
        <Status tone="bad">Unreachable</Status>
      ) : (
        <Status tone="good">Registered</Status>
      ),
  },
  { header: "Since", cell: ({ registered }) => <When iso={registered} /> },
  { header: "Expires in", numeric: true, cell: ({ expires }) => <Remaining iso={expires} /> },
  { header: "Node", minor: true, cell: ({ node }) => node },
];

const When = ({ iso }: { iso: string }) => formatWhen(iso, useNow());
const Remaining = ({ iso }: { iso: string }) => formatRemaining(iso, useNow());
