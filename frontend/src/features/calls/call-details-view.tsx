import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { CallOutcome } from "@/components/call-status";
import { CopyText } from "@/components/copy-text";
import { Facts } from "@/components/facts";
import { Party } from "@/components/party";
import { RecordingPlayer } from "@/components/recording-player";
import { type CallDetails, enders, ringSeconds } from "@/lib/call";
import { formatDateTime, formatDuration } from "@/lib/format";
import { useMayChange } from "@/lib/session";
import { CallMessages } from "./call-messages";
import { DecisionLog } from "./decision-log";
import { MediaTable } from "./media-table";

interface CallDetailsViewProps {
  tenant: string;
  details: CallDetails;
}

export function CallDetailsView({ tenant, details }: CallDetailsViewProps) {
  const { call, callerMedia, calleeMedia, decisions, recording, sipCallId } = details;
  const mayChange = useMayChange();
  return (
    <Stack gap="lg">
      <Facts
        facts={[
          { label: "From", value: <Party party={call.caller} /> },
          { label: "To", value: <Party party={call.callee} /> },
          { label: "Outcome", value: <CallOutcome record={call} /> },
          { label: "SIP answer", value: call.status },
          { label: "Ended by", value: enders[call.endedBy] },
          { label: "Reason", value: call.reason || "–" },
        ]}
      />
      <Section title="Timeline">
        <Facts
          facts={[
            { label: "Began", value: formatDateTime(call.started) },
            { label: "Rang for", value: formatDuration(ringSeconds(call)) },
            { label: "Answered", value: call.answered ? formatDateTime(call.answered) : "Never" },
            { label: "Ended", value: formatDateTime(call.ended) },
            { label: "Talked for", value: formatDuration(call.durationSeconds) },
          ]}
        />
      </Section>
      {recording && mayChange && (
        <Section title="Recording">
          <RecordingPlayer tenant={tenant} recording={recording} />
        </Section>
      )}
      <Section title="Decisions">
        <DecisionLog decisions={decisions} since={call.started} />
      </Section>
      <Section title="Media">
        {callerMedia || calleeMedia ? (
          <MediaTable caller={callerMedia} callee={calleeMedia} />
        ) : (
          <Text size="sm" c="dimmed">
            No media was set up.
          </Text>
        )}
      </Section>
      {mayChange && (
        <Section title="Messages">
          <CallMessages tenant={tenant} id={call.id} since={call.started} />
        </Section>
      )}
      <Section title="Where">
        <Facts
          facts={[
            { label: "Caller's device", value: device(call.caller) },
            { label: "Called device", value: device(call.callee) },
            { label: "Through", value: call.destination ?? "Between extensions" },
            { label: "Node", value: call.node },
            { label: "SIP Call-ID", value: <CopyText label="the SIP Call-ID" text={sipCallId} /> },
            { label: "Session id", value: <CopyText label="the session id" text={call.id} /> },
          ]}
        />
      </Section>
    </Stack>
  );
}

const device = ({ userAgent, address }: CallDetails["call"]["caller"]) =>
  [userAgent, address].filter(Boolean).join(" at ") || "–";

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
