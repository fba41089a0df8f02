import { Divider } from "@mantine/core";
import { NumberField, PasswordField, SwitchField, TextField } from "@/components/form/fields";
import type { Destination } from "./destination";

type Account = Pick<
  Destination,
  "username" | "authUsername" | "hasPassword" | "register" | "ping" | "timeoutSeconds"
>;

/** How we are known at the destination. */
export function AccountFields({ destination }: { destination: Account }) {
  return (
    <>
      <Divider label="Account there" labelPosition="left" />
      <TextField
        name="username"
        label="Username"
        description="For type Extension: the extension's number"
        defaultValue={destination.username}
      />
      <TextField
        name="authUsername"
        label="Authentication username"
        description="Where it differs from the username"
        defaultValue={destination.authUsername}
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        {...(destination.hasPassword && {
          description: "One is stored; leave empty to keep it",
        })}
      />
      <SwitchField
        name="register"
        label="Register there"
        description="Kept, not done yet"
        defaultChecked={destination.register}
      />
      <SwitchField
        name="ping"
        label="Ask with OPTIONS whether it lives"
        description="Kept, not done yet"
        defaultChecked={destination.ping}
      />
      <NumberField
        name="timeoutSeconds"
        label="Registration lifetime or OPTIONS period"
        description="Seconds; 0 for none. Kept, not done yet"
        min={0}
        defaultValue={destination.timeoutSeconds}
      />
    </>
  );
}
