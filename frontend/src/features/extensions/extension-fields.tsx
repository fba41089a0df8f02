import { Divider } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { MultiSelectField, SelectField, SwitchField, TextField } from "@/components/form/fields";
import { mediaEncryptions, srtpSuites } from "@/lib/media-encryption";
import type { Extension } from "./extension";
import { IdentitiesField } from "./identities-field";
import { destinationNamesQuery } from "./queries";
import { RedirectionFields } from "./redirection-fields";

const algorithms = [
  { value: "", label: "As the tenant's settings say" },
  { value: "md5", label: "MD5 (every phone)" },
  { value: "sha256", label: "SHA-256 (newer phones)" },
];

const keepAlives = [
  { value: "", label: "As the tenant's settings say" },
  { value: "off", label: "Nothing" },
  { value: "crlf", label: "Line ends" },
  { value: "options", label: "OPTIONS" },
];

interface ExtensionFieldsProps {
  tenant: string;
  extension?: Extension;
}

export function ExtensionFields({ tenant, extension }: ExtensionFieldsProps) {
  const { data: destinations = [] } = useQuery(destinationNamesQuery(tenant));
  // The stored name stands in the list also before the others are known.
  const names = new Set([extension?.externalRoute ?? "", ...destinations]);
  names.delete("");
  const routes = [{ value: "", label: "Every route" }, ...names];
  return (
    <>
      <TextField
        name="displayName"
        label="Name"
        description="Shown to whom it calls"
        defaultValue={extension?.displayName ?? ""}
      />
      <SwitchField
        name="enabled"
        label="Enabled"
        description="A disabled extension can neither register nor call nor be called"
        defaultChecked={extension?.enabled ?? true}
      />
      <RedirectionFields extension={extension} />
      <Divider label="Calls outside" labelPosition="left" />
      <SwitchField
        name="allowExternalCalls"
        label="May call outside"
        defaultChecked={extension?.allowExternalCalls ?? false}
      />
      <SelectField
        name="externalRoute"
        label="Route"
        data={routes}
        defaultValue={extension?.externalRoute ?? ""}
      />
      <TextField
        name="prefix"
        label="Prefix"
        description="Put before the number it dials"
        defaultValue={extension?.prefix ?? ""}
      />
      <IdentitiesField extension={extension} />
      <Divider label="More" labelPosition="left" />
      <SwitchField
        name="recordCalls"
        label="Record its calls"
        description="Where the tenant's settings record audio; such calls are G.711"
        defaultChecked={extension?.recordCalls ?? false}
      />
      <SelectField
        name="mediaEncryption"
        label="Media encryption"
        data={mediaEncryptions}
        defaultValue={extension?.mediaEncryption ?? "off"}
      />
      <MultiSelectField
        name="srtpSuites"
        label="SRTP suites"
        description="Offered in this order, and no others taken; none for all"
        data={srtpSuites}
        defaultValue={extension?.srtpSuites ?? []}
      />
      <SelectField
        name="digestAlgorithm"
        label="Authentication"
        data={algorithms}
        defaultValue={extension?.digestAlgorithm ?? ""}
      />
      <SelectField
        name="keepAlive"
        label="Keep-alive"
        description="Sent to its phones behind NATs"
        data={keepAlives}
        defaultValue={extension?.keepAlive ?? ""}
      />
    </>
  );
}
