import { Text } from "@mantine/core";
import { NumberField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { drainSchema, type SystemNode } from "./node";
import { useDrain } from "./node-queries";

interface DrainDrawerProps {
  node: SystemNode;
  onClose: () => void;
}

export function DrainDrawer({ node, onClose }: DrainDrawerProps) {
  const drain = useDrain(node.name);
  return (
    <FormDrawer
      title={`Drain ${node.name}?`}
      schema={drainSchema}
      verb="Drain"
      saving={drain.isPending}
      refusal={drain.error}
      onSend={({ minutes }) =>
        drain.mutate(minutes === null ? null : minutes * 60, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <Text size="sm">
        The node refuses new calls and registrations from now on. Calls in progress (
        {node.gateway?.calls ?? 0}) go on until they end by themselves. It can be taken back.
      </Text>
      <NumberField
        name="minutes"
        label="End the calls that are left after, in minutes"
        description="Empty: wait for them however long they take"
        min={0}
        data-autofocus
      />
    </FormDrawer>
  );
}
