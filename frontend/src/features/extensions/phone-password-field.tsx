import { Button, Group } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { PasswordField } from "@/components/form/fields";
import { generatePassword } from "@/lib/password";

interface PhonePasswordFieldProps {
  label: string;
  description: string;
  required?: boolean;
}

/** A password that a person types into a phone: it may be generated, and is then shown to be copied. */
export function PhonePasswordField({
  label,
  description,
  required = false,
}: PhonePasswordFieldProps) {
  const [password, setPassword] = useState("");
  const [visible, setVisible] = useState(false);
  const generate = () => {
    setPassword(generatePassword());
    setVisible(true);
  };

  return (
    <Group align="flex-end" wrap="nowrap" gap="xs">
      <PasswordField
        name="password"
        label={label}
        description={description}
        required={required}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visible={visible}
        onVisibilityChange={setVisible}
        flex={1}
      />
      <Button variant="default" leftSection={<KeyRound size={15} />} onClick={generate}>
        Generate
      </Button>
    </Group>
  );
}
