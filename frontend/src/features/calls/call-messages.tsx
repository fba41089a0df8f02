import { Accordion, Anchor, Badge, Code, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/error-panel";
import { formatOffset, secondsBetween } from "@/lib/format";
import { callTraceQuery } from "./queries";
import { firstLine, type TraceMessage } from "./trace";

interface CallMessagesProps {
  tenant: string;
  id: string;
  /** When the call began; the messages are timed from it. */
  since: string;
}

/** The SIP messages of a call that its node still remembers. */
export function CallMessages({ tenant, id, since }: CallMessagesProps) {
  const { data, error, refetch } = useQuery(callTraceQuery(tenant, id));
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} role="status" aria-label="Loading" />;
  if (data.messages.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None is remembered: messages are kept in memory for a while only.
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Accordion multiple chevronPosition="left" order={4}>
        {data.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two messages may be the same in everything.
          <Accordion.Item key={index} value={String(index)}>
            <Accordion.Control>
              <Headline message={message} since={since} />
            </Accordion.Control>
            <Accordion.Panel>
              <Code block>{message.text}</Code>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <Anchor
        size="sm"
        underline="always"
        href={`/api/v1/tenants/${encodeURIComponent(tenant)}/calls/${id}/trace.txt`}
        download
      >
        Download as text
      </Anchor>
    </Stack>
  );
}

function Headline({ message, since }: { message: TraceMessage; since: string }) {
  const { at, isSent, leg, transport, from, to, isRetransmission, text } = message;
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text span size="sm" fw={600}>
          {firstLine(text)}
        </Text>
        {isRetransmission && (
          <Badge size="xs" variant="default">
            Again
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {formatOffset(secondsBetween(since, Date.parse(at)))}, {isSent ? "to" : "from"}{" "}
        {leg || (isSent ? to : from)} ({transport.toUpperCase()} {from} → {to})
      </Text>
    </Stack>
  );
}
