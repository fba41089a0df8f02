import { Drawer } from "@mantine/core";
import type { Call } from "@/lib/call";
import { CallMessages } from "./call-messages";

interface CallMessagesDrawerProps {
  tenant: string;
  call: Call;
  onClose: () => void;
}

/** The messages of a call in progress. */
export function CallMessagesDrawer({ tenant, call, onClose }: CallMessagesDrawerProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      title={`Messages of ${call.caller.number} and ${call.callee.number}`}
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <CallMessages tenant={tenant} id={call.id} since={call.started} />
    </Drawer>
  );
}
