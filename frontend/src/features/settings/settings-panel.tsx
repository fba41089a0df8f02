import { Button, Fieldset, Group, SimpleGrid, Stack } from "@mantine/core";
import { Form } from "@/components/form/form";
import { Panel } from "@/components/panel";
import { useMayChange } from "@/lib/session";
import { useSaveSettings } from "./queries";
import { settingsSchema, type TenantSettings } from "./settings";
import { CallFields, RegistrationFields, SoundFields } from "./settings-fields";
import { UserAgentFields } from "./user-agent-fields";

interface SettingsPanelProps {
  tenant: string;
  tagged: { value: TenantSettings; eTag: string };
}

export function SettingsPanel({ tenant, tagged: { value: settings, eTag } }: SettingsPanelProps) {
  const save = useSaveSettings(tenant, eTag);
  const mayChange = useMayChange();
  return (
    <Panel title="Registrations and calls">
      <Form schema={settingsSchema} refusal={save.error} onSend={(value) => save.mutate(value)}>
        <Fieldset variant="unstyled" disabled={!mayChange} legend="">
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
              <RegistrationFields settings={settings} />
              <CallFields tenant={tenant} settings={settings} />
              <SoundFields settings={settings} />
              <UserAgentFields settings={settings} />
            </SimpleGrid>
            {mayChange && (
              <Group justify="flex-end">
                <Button type="submit" loading={save.isPending}>
                  Save settings
                </Button>
              </Group>
            )}
          </Stack>
        </Fieldset>
      </Form>
    </Panel>
  );
}
