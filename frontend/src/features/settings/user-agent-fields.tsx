import { SelectField, SwitchField, TextField } from "@/components/form/fields";
import type { TenantSettings } from "./settings";

const policies = [
  { value: "off", label: "All phones" },
  { value: "allow", label: "Only those listed" },
  { value: "ban", label: "All but those listed" },
];

/** Which phones are let in, by what they say they are. */
export function UserAgentFields({ settings }: { settings: TenantSettings }) {
  return (
    <>
      <SwitchField
        name="ignoreNullUserAgent"
        label="Refuse phones without User-Agent"
        description="They can neither register nor call nor send messages"
        defaultChecked={settings.ignoreNullUserAgent ?? false}
      />
      <SelectField
        name="userAgentPolicy"
        label="Phones let in"
        data={policies}
        defaultValue={settings.userAgentPolicy ?? "off"}
      />
      <TextField
        name="userAgents"
        label="User agents"
        description="Parts of their names, such as Yealink; Linphone/5"
        maxLength={1024}
        defaultValue={settings.userAgents}
      />
    </>
  );
}
