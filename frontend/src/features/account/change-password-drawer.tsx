import { PasswordField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { passwordChangeSchema } from "./account";
import { useChangePassword } from "./queries";

export function ChangePasswordDrawer({ onClose }: { onClose: () => void }) {
  const change = useChangePassword();
  return (
    <FormDrawer
      title="Change your password"
      schema={passwordChangeSchema}
      verb="Change password"
      saving={change.isPending}
      refusal={change.error}
      onSend={(value) => change.mutate(value, { onSuccess: onClose })}
      onClose={onClose}
    >
      <PasswordField
        name="oldPassword"
        label="Present password"
        autoComplete="current-password"
        data-autofocus
      />
      <PasswordField
        name="newPassword"
        label="New password"
        description="10 to 128 characters"
        autoComplete="new-password"
      />
      <PasswordField name="repeated" label="New password, once more" autoComplete="new-password" />
    </FormDrawer>
  );
}
