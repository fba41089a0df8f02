import { Text, Timeline } from "@mantine/core";
import type { Decision } from "@/lib/call";
import { formatOffset, secondsBetween } from "@/lib/format";

interface DecisionLogProps {
  decisions: readonly Decision[];
  /** When the call began; the steps are timed from it. */
  since: string;
}

export function DecisionLog({ decisions, since }: DecisionLogProps) {
  if (decisions.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing was noted for this call.
      </Text>
    );
  }
  return (
    <Timeline
      bulletSize={12}
      lineWidth={2}
      active={decisions.length}
      color="petrol"
      styles={{ item: { marginTop: 12 } }}
    >
      {decisions.map(({ at, step, text }, index) => (
        <Timeline.Item
          // biome-ignore lint/suspicious/noArrayIndexKey: the log of a finished call never changes.
          key={index}
          title={<Step step={step} seconds={secondsBetween(since, Date.parse(at))} />}
        >
          <Text size="sm">{text}</Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function Step({ step, seconds }: { step: string; seconds: number }) {
  return (
    <Text span size="sm" fw={600} tt="capitalize">
      {step}{" "}
      <Text span size="xs" c="dimmed" fw={400} tt="none">
        {formatOffset(seconds)}
      </Text>
    </Text>
  );
}
