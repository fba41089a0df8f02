import { Drawer, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/error-panel";
import type { Call } from "@/lib/call";
import { DecisionLog } from "./decision-log";
import { MediaTable } from "./media-table";
import { callProgressQuery } from "./queries";

interface CallProgressDrawerProps {
  tenant: string;
  call: Call;
  onClose: () => void;
}

/** How a call in progress goes: its media and what was decided so far. */
export function CallProgressDrawer({ tenant, call, onClose }: CallProgressDrawerProps) {
  const { data, error, refetch } = useQuery(callProgressQuery(tenant, call.id));
  return (
    <Drawer
      opened
      onClose={onClose}
      title={`Call from ${call.caller.number} to ${call.callee.number}`}
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {data && (
        <Stack gap="lg">
          <section>
            <Title order={3} mb="xs">
              Media
            </Title>
            <MediaTable caller={data.callerMedia} callee={data.calleeMedia} />
          </section>
          <section>
            <Title order={3} mb="xs">
              Decisions
            </Title>
            <DecisionLog decisions={data.decisions} since={call.started} />
          </section>
        </Stack>
      )}
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Stack role="status" aria-label="Loading">
          <Skeleton h={200} />
        </Stack>
      )}
    </Drawer>
  );
}
