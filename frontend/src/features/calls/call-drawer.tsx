import { Drawer, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/error-panel";
import { CallDetailsView } from "./call-details-view";
import { callDetailsQuery } from "./history-queries";

interface CallDrawerProps {
  tenant: string;
  id: string;
  onClose: () => void;
}

export function CallDrawer({ tenant, id, onClose }: CallDrawerProps) {
  const { data, error, refetch } = useQuery(callDetailsQuery(tenant, id));
  return (
    <Drawer
      opened
      onClose={onClose}
      title="Call details"
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {data && <CallDetailsView tenant={tenant} details={data} />}
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Stack role="status" aria-label="Loading">
          <Skeleton h={120} />
          <Skeleton h={200} />
        </Stack>
      )}
    </Drawer>
  );
}
