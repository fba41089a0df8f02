import { NumberField, SelectField, TextField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { useAddFilter } from "./queries";
import { filterActions, filterSchema } from "./security";

const actions = Object.entries(filterActions).map(([value, label]) => ({ value, label }));

interface AddFilterDrawerProps {
  tenant: string;
  /** The place after the last filter. */
  next: number;
  onClose: () => void;
}

export function AddFilterDrawer({ tenant, next, onClose }: AddFilterDrawerProps) {
  const add = useAddFilter(tenant);
  return (
    <FormDrawer
      title="Add an IP filter"
      schema={filterSchema}
      verb="Add filter"
      saving={add.isPending}
      refusal={add.error}
      onSend={(filter) => add.mutate(filter, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField
        name="address"
        label="Address or network"
        placeholder="192.0.2.0/24"
        required
        data-autofocus
      />
      <SelectField name="action" label="What happens" data={actions} defaultValue="allow" />
      <NumberField
        name="order"
        label="Order"
        description="The first filter that matches decides"
        min={0}
        defaultValue={next}
      />
    </FormDrawer>
  );
}
