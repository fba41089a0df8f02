import { SwitchField, TagsField, TextField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { useAddTenant, useChangeTenant } from "./queries";
import { newTenantSchema, type Tenant, tenantChangeSchema } from "./tenant";

const domainsHint =
  "Host names or addresses, each followed by Enter; a domain belongs to one tenant";

export function AddTenantDrawer({ onClose }: { onClose: () => void }) {
  const add = useAddTenant();
  return (
    <FormDrawer
      title="Add a tenant"
      schema={newTenantSchema}
      verb="Add tenant"
      saving={add.isPending}
      refusal={add.error}
      onSend={(tenant) => add.mutate(tenant, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField
        name="id"
        label="Id"
        description="a to z, 0 to 9, hyphen; it can never be changed"
        required
        data-autofocus
      />
      <TextField name="name" label="Name" description="For people; empty takes the id" />
      <TagsField name="domains" label="SIP domains" description={domainsHint} required />
    </FormDrawer>
  );
}

export function EditTenantDrawer({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const change = useChangeTenant(tenant.id);
  return (
    <FormDrawer
      title={`Tenant ${tenant.id}`}
      schema={tenantChangeSchema}
      verb="Save"
      saving={change.isPending}
      refusal={change.error}
      onSend={(value) => change.mutate(value, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField name="name" label="Name" defaultValue={tenant.name} required data-autofocus />
      <TagsField
        name="domains"
        label="SIP domains"
        description={domainsHint}
        defaultValue={tenant.domains}
      />
      <TagsField
        name="originationDomains"
        label="Domains that take calls only"
        description="Of the domains above those where REGISTER binds nothing, each call is authenticated anew and leads to a destination"
        defaultValue={tenant.originationDomains}
      />
      <SwitchField
        name="enabled"
        label="Enabled"
        description="Requests to a disabled tenant are refused"
        defaultChecked={tenant.enabled}
      />
    </FormDrawer>
  );
}
