import { Button, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import { CircleAlert, Trash2, Upload } from "lucide-react";
import { useState } from "react";
import { confirmLoss } from "@/components/confirm";
import { Notice } from "@/components/notice";
import { Panel } from "@/components/panel";
import { messageOf } from "@/lib/api-error";
import { formatDateTime, formatDuration } from "@/lib/format";
import { useMayChange } from "@/lib/session";
import { useDeleteSound, useUploadSound } from "./queries";
import { type Sound, soundAudio, soundTexts, whyNotSend } from "./sounds";

interface SoundPanelProps {
  tenant: string;
  sound: Sound;
}

/** What is heard on one occasion: listened to, replaced, taken away. */
export function SoundPanel({ tenant, sound }: SoundPanelProps) {
  const { title, heard } = soundTexts[sound.kind];
  const send = useUploadSound(tenant, sound.kind);
  const [refusal, setRefusal] = useState<string>();
  const problem = refusal ?? (send.error ? messageOf(send.error) : undefined);

  const choose = (file: File | null) => {
    if (!file) return;
    const reason = whyNotSend(file, sound);
    setRefusal(reason);
    send.reset();
    if (!reason) send.mutate(file);
  };

  return (
    <Panel
      title={title}
      actions={useMayChange() && <Actions {...{ tenant, sound, choose }} busy={send.isPending} />}
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {heard} WAV, {formatDuration(sound.maxDurationSeconds)} at most.
        </Text>
        {problem && (
          <Notice role="alert" color="red" icon={CircleAlert}>
            {problem}
          </Notice>
        )}
        {send.isPending && (
          <Progress value={100 * send.share} aria-label={`Upload of ${title}`} animated />
        )}
        <Text size="sm">{sayWhatIsUsed(sound)}</Text>
        {/* biome-ignore lint/a11y/useMediaCaption: music and tones have no words. */}
        <audio
          controls
          preload="none"
          src={soundAudio(tenant, sound)}
          aria-label={title}
          style={{ width: "100%" }}
        />
      </Stack>
    </Panel>
  );
}

function sayWhatIsUsed({ kind, isOwn, name, durationSeconds, uploaded }: Sound) {
  if (!isOwn) return `In use: the default, ${soundTexts[kind].byDefault}.`;

  const file = name || "your own";
  return `In use: ${file}, ${formatDuration(durationSeconds ?? 0)}, uploaded ${formatDateTime(uploaded ?? "")}.`;
}

interface ActionsProps extends SoundPanelProps {
  busy: boolean;
  choose: (file: File | null) => void;
}

function Actions({ tenant, sound, busy, choose }: ActionsProps) {
  const { title } = soundTexts[sound.kind];
  const verb = sound.isOwn ? "Replace" : "Upload";
  const remove = useDeleteSound(tenant, sound.kind);
  const askRemove = () =>
    confirmLoss({
      title: `Delete ${sound.name || "the sound"}?`,
      loss: `${title}: the default is heard again. The uploaded file is lost.`,
      verb: "Delete",
      onConfirm: () => remove.mutate(),
    });
  return (
    <Group gap="xs">
      {sound.isOwn && (
        <Button
          variant="default"
          size="xs"
          leftSection={<Trash2 size={14} aria-hidden="true" />}
          aria-label={`Delete ${title}`}
          loading={remove.isPending}
          onClick={askRemove}
        >
          Delete
        </Button>
      )}
      <FileButton accept=".wav,audio/wav,audio/x-wav" onChange={choose}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            leftSection={<Upload size={14} aria-hidden="true" />}
            aria-label={`${verb} ${title}`}
            loading={busy}
          >
            {verb}
          </Button>
        )}
      </FileButton>
    </Group>
  );
}
