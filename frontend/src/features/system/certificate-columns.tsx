import { Text } from "@mantine/core";
import type { Column } from "@/components/data-table/column";
import { Status } from "@/components/status";
import { formatDateTime } from "@/lib/format";
import { type Certificate, stateOf } from "./certificate";

export const certificateColumns = (now: number): readonly Column<Certificate>[] => [
  {
    header: "Names",
    primary: true,
    cell: ({ names, isDefault }) => (
      <>
        {names.join(", ")}
        {isDefault && (
          <Text size="xs" c="dimmed">
            Shown to those who ask for no name
          </Text>
        )}
      </>
    ),
  },
  {
    header: "State",
    cell: (certificate) => {
      const { text, tone } = stateOf(certificate, now);
      return <Status tone={tone}>{text}</Status>;
    },
  },
  { header: "Expires", cell: ({ notAfter }) => formatDateTime(notAfter) },
  { header: "Issued by", cell: ({ issuer }) => issuer },
  {
    header: "File",
    cell: ({ source, fault }) => (
      <>
        {source}
        {fault && (
          <Text size="xs" c="dimmed">
            {fault}
          </Text>
        )}
      </>
    ),
  },
];
