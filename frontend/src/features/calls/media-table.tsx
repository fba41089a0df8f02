import { Table } from "@mantine/core";
import { lossPercent, type MediaFigures } from "@/lib/call";
import { formatHundredths, formatNumber, formatOctets, formatTenths } from "@/lib/format";

interface MediaTableProps {
  caller: MediaFigures | null;
  callee: MediaFigures | null;
}

const packets = (count: number, octets: number) =>
  `${formatNumber(count)} (${formatOctets(octets)})`;

const milliseconds = (value: number) => `${formatTenths(value)} ms`;

/** What nobody told or measured is not zero. */
const measured = (value: number | null, format: (value: number) => string) =>
  value === null ? "Not measured" : format(value);

const figures: readonly { label: string; of: (media: MediaFigures) => string }[] = [
  { label: "Codec", of: ({ codec }) => codec || "–" },
  { label: "Encryption", of: ({ encryption }) => encryption ?? "None" },
  { label: "Received", of: (media) => packets(media.packetsReceived, media.octetsReceived) },
  { label: "Sent", of: (media) => packets(media.packetsSent, media.octetsSent) },
  { label: "Lost", of: (media) => `${formatNumber(media.packetsLost)}${lossText(media)}` },
  { label: "Jitter", of: ({ jitterMilliseconds }) => milliseconds(jitterMilliseconds) },
  {
    label: "Came twice, out of order",
    of: ({ duplicates, reordered }) => `${formatNumber(duplicates)}, ${formatNumber(reordered)}`,
  },
  { label: "Lost on the way there", of: ({ lostToParty }) => measured(lostToParty, formatNumber) },
  {
    label: "Jitter there",
    of: ({ jitterAtPartyMilliseconds }) => measured(jitterAtPartyMilliseconds, milliseconds),
  },
  {
    label: "Round trip",
    of: ({ roundTripMilliseconds }) => measured(roundTripMilliseconds, milliseconds),
  },
  {
    label: "Quality received (MOS)",
    of: ({ mosReceived }) => measured(mosReceived, formatHundredths),
  },
  { label: "Quality sent (MOS)", of: ({ mosSent }) => measured(mosSent, formatHundredths) },
  { label: "From strangers, dropped", of: (media) => formatNumber(media.strangersDropped) },
  {
    label: "Without the key, dropped",
    of: ({ unauthenticDropped }) =>
      unauthenticDropped === null ? "–" : formatNumber(unauthenticDropped),
  },
];

function lossText(media: MediaFigures): string {
  const percent = lossPercent(media);
  return percent === null ? "" : ` (${formatTenths(percent)} %)`;
}

/** RTP packets as counted between us and each side. */
export function MediaTable({ caller, callee }: MediaTableProps) {
  return (
    <Table fz="sm" verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">RTP packets</Table.Th>
          <Table.Th scope="col">Caller</Table.Th>
          <Table.Th scope="col">Called party</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {figures.map(({ label, of }) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400} c="dimmed">
              {label}
            </Table.Th>
            <Table.Td>{caller ? of(caller) : "–"}</Table.Td>
            <Table.Td>{callee ? of(callee) : "–"}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
