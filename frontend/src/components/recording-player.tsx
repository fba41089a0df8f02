import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Download } from "lucide-react";
import { audioOf, type Recording } from "@/lib/recording";

interface RecordingPlayerProps {
  tenant: string;
  recording: Recording;
}

/** Plays a recording, and saves it. */
export function RecordingPlayer({ tenant, recording }: RecordingPlayerProps) {
  const { id, caller, callee, isMixed, cutShort } = recording;
  const audio = audioOf(tenant, id);
  return (
    <Stack gap={4}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said. */}
      <audio
        controls
        preload="metadata"
        src={audio}
        aria-label={`Recording of the call from ${caller} to ${callee}`}
        style={{ width: "100%" }}
      />
      <Group gap="md">
        <Text size="xs" c="dimmed">
          {isMixed
            ? "Both parties on one channel"
            : "The caller on the left, the called party on the right"}
        </Text>
        <Anchor size="xs" href={`${audio}?download=true`} download>
          <Group gap={4} component="span">
            <Download size={13} aria-hidden="true" /> Download
          </Group>
        </Anchor>
      </Group>
      {cutShort && <Text size="xs">It ended before the call: {cutShort}</Text>}
    </Stack>
  );
}
