import { TextField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { newExtensionSchema } from "./extension";
import { ExtensionFields } from "./extension-fields";
import { PhonePasswordField } from "./phone-password-field";
import { useAddExtension } from "./queries";

interface AddExtensionDrawerProps {
  tenant: string;
  onClose: () => void;
}

export function AddExtensionDrawer({ tenant, onClose }: AddExtensionDrawerProps) {
  const add = useAddExtension(tenant);
  return (
    <FormDrawer
      title="Add an extension"
      schema={newExtensionSchema}
      verb="Add extension"
      saving={add.isPending}
      refusal={add.error}
      onSend={(extension) => add.mutate(extension, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField
        name="username"
        label="Extension number"
        description="The SIP username that the phone registers with"
        required
        data-autofocus
      />
      <PhonePasswordField label="Password" description="6 to 128 characters" required />
      <ExtensionFields tenant={tenant} />
    </FormDrawer>
  );
}
