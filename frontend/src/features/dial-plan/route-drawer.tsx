import { useQuery } from "@tanstack/react-query";
import { NumberField, SelectField, SwitchField, TextField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { targetsQuery, useSaveRoute } from "./queries";
import { type Route, routeSchema } from "./route";

interface RouteDrawerProps {
  tenant: string;
  /** Null for a new one. */
  route: Route | null;
  onClose: () => void;
}

export function RouteDrawer({ tenant, route, onClose }: RouteDrawerProps) {
  const save = useSaveRoute(tenant, route);
  const { data: names = [] } = useQuery(targetsQuery(tenant));
  const targets = [...new Set([...(route ? [route.destination] : []), ...names])];

  return (
    <FormDrawer
      title={route ? "Edit the route" : "Add a route"}
      schema={routeSchema}
      verb={route ? "Save" : "Add route"}
      saving={save.isPending}
      refusal={save.error}
      onSend={(value) => save.mutate(value, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField
        name="prefix"
        label="Numbers that begin with"
        description="The longest match wins; empty takes every other number"
        defaultValue={route?.prefix ?? ""}
        data-autofocus
      />
      <SelectField
        name="destination"
        label="Go to the destination"
        placeholder={targets.length === 0 ? "Add a destination first" : "Choose one"}
        data={targets}
        defaultValue={route?.destination ?? null}
        searchable={targets.length > 8}
        required
      />
      <NumberField
        name="order"
        label="Order"
        description="Among routes with the same prefix; empty puts it last"
        min={0}
        {...(route && { defaultValue: route.order })}
      />
      <SwitchField name="enabled" label="In use" defaultChecked={route?.enabled ?? true} />
    </FormDrawer>
  );
}
