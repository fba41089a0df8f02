import { Alert, Button, Drawer, Stack } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { CopyText } from "@/components/copy-text";
import { SelectField, TextField } from "@/components/form/fields";
import { FormDrawer } from "@/components/form/form-drawer";
import { useAddApiKey } from "./queries";
import { apiKeySchema, type NewApiKey } from "./settings";

const roles = [
  { value: "viewer", label: "Read this tenant" },
  { value: "tenantAdmin", label: "Read and change this tenant" },
];

interface AddApiKeyDrawerProps {
  tenant: string;
  onClose: () => void;
}

export function AddApiKeyDrawer({ tenant, onClose }: AddApiKeyDrawerProps) {
  const add = useAddApiKey(tenant);
  if (add.data) return <SecretDrawer made={add.data} onClose={onClose} />;
  return (
    <FormDrawer
      title="Add an API key"
      schema={apiKeySchema}
      verb="Add key"
      saving={add.isPending}
      refusal={add.error}
      onSend={(key) => add.mutate(key)}
      onClose={onClose}
    >
      <TextField
        name="name"
        label="Name"
        description="The program that will use it"
        required
        data-autofocus
      />
      <SelectField name="role" label="It may" data={roles} defaultValue="viewer" />
    </FormDrawer>
  );
}

function SecretDrawer({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  return (
    <Drawer
      opened
      onClose={onClose}
      title={`The key ${made.key.name}`}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <Alert icon={<KeyRound size={18} />} variant="light" title="Copy it now">
          It is shown this once. What is kept of it cannot be turned back into the key.
        </Alert>
        <CopyText label="the key" text={made.secret} />
        <Button onClick={onClose}>I have copied it</Button>
      </Stack>
    </Drawer>
  );
}
