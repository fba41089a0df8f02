import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { confirmLoss } from "@/components/confirm";
import { PasswordField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { Panel } from "@/components/panel";
import { toast } from "@/components/toast";
import { useSetApiPassword } from "./queries";
import { apiPasswordSchema } from "./settings";

export function ApiPasswordPanel({ tenant }: { tenant: string }) {
  const set = useSetApiPassword(tenant, "The API password is set.");
  const turnOff = useSetApiPassword(tenant, "The TekSIP-compatible API is off.");
  const [password, setPassword] = useState("");

  const askTurnOff = () =>
    confirmLoss({
      title: "Turn the TekSIP-compatible API off?",
      loss: "Its password is lost, and every program that uses it is refused until you set a new one.",
      verb: "Turn off",
      onConfirm: () => turnOff.mutate(null, { onError: toast.failed }),
    });

  return (
    <Panel title="TekSIP-compatible API">
      <Text size="sm" c="dimmed" mb="sm">
        Programs written for TekSIP's HTTP API send this password. The stored one is never shown.
      </Text>
      <Form
        schema={apiPasswordSchema}
        refusal={set.error}
        onSend={(value) => set.mutate(value.password, { onSuccess: () => setPassword("") })}
      >
        <Group align="flex-end" gap="xs">
          <PasswordField
            name="password"
            label="New API password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            w={{ base: "100%", xs: 300 }}
          />
          <Button type="submit" loading={set.isPending}>
            Set password
          </Button>
          <Button variant="default" onClick={askTurnOff} loading={turnOff.isPending}>
            Turn the API off
          </Button>
        </Group>
      </Form>
    </Panel>
  );
}
