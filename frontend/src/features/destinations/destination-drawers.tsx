import { TextField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { type Destination, destinationChangeSchema, newDestinationSchema } from "./destination";
import { DestinationFields } from "./destination-fields";
import { useAddDestination, useChangeDestination } from "./queries";

interface AddDestinationDrawerProps {
  tenant: string;
  onClose: () => void;
}

export function AddDestinationDrawer({ tenant, onClose }: AddDestinationDrawerProps) {
  const add = useAddDestination(tenant);
  return (
    <FormDrawer
      title="Add a destination"
      schema={newDestinationSchema}
      verb="Add destination"
      saving={add.isPending}
      refusal={add.error}
      onSend={(destination) => add.mutate(destination, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField name="name" label="Name" required data-autofocus />
      <DestinationFields />
    </FormDrawer>
  );
}

interface EditDestinationDrawerProps extends AddDestinationDrawerProps {
  destination: Destination;
}

export function EditDestinationDrawer({
  tenant,
  destination,
  onClose,
}: EditDestinationDrawerProps) {
  const change = useChangeDestination(tenant, destination);
  return (
    <FormDrawer
      title={`Destination ${destination.name}`}
      schema={destinationChangeSchema}
      verb="Save"
      saving={change.isPending}
      refusal={change.error}
      onSend={(value) => change.mutate(value, { onSuccess: onClose })}
      onClose={onClose}
    >
      <DestinationFields destination={destination} />
    </FormDrawer>
  );
}
