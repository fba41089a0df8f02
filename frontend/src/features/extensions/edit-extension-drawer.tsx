import { FormDrawer } from "@/components/form/form-drawer";
import { type Extension, extensionChangeSchema } from "./extension";
import { ExtensionFields } from "./extension-fields";
import { PhonePasswordField } from "./phone-password-field";
import { useChangeExtension } from "./queries";

interface EditExtensionDrawerProps {
  tenant: string;
  extension: Extension;
  onClose: () => void;
}

export function EditExtensionDrawer({ tenant, extension, onClose }: EditExtensionDrawerProps) {
  const change = useChangeExtension(tenant, extension);
  return (
    <FormDrawer
      title={`Extension ${extension.username}`}
      schema={extensionChangeSchema}
      verb="Save"
      saving={change.isPending}
      refusal={change.error}
      onSend={(value) => change.mutate(value, { onSuccess: onClose })}
      onClose={onClose}
    >
      <ExtensionFields tenant={tenant} extension={extension} />
      <PhonePasswordField label="New password" description="Leave empty to keep the present one" />
    </FormDrawer>
  );
}
