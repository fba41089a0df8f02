import { Divider, SimpleGrid } from "@mantine/core";
import {
  MultiSelectField,
  NumberField,
  SelectField,
  SwitchField,
  TextField,
} from "@/components/form/fields";
import { mediaEncryptions, srtpSuites } from "@/lib/media-encryption";
import { AccountFields } from "./account-fields";
import { type Destination, defaultProfile, destinationTypes } from "./destination";
import { TlsFields } from "./tls-fields";

const transports = [
  { value: "udp", label: "UDP" },
  { value: "tcp", label: "TCP" },
  { value: "tls", label: "TLS" },
  { value: "none", label: "Found by DNS" },
];

const transferPolicies = [
  { value: "", label: "As the tenant's settings say" },
  { value: "carryOut", label: "Carried out here" },
  { value: "passThrough", label: "Passed to the other party's phone" },
  { value: "refuse", label: "Refused" },
];

const fresh = {
  type: "ua",
  username: "",
  authUsername: "",
  hasPassword: false,
  register: false,
  timeoutSeconds: 3600,
  domain: "",
  gateway: "",
  port: 5060,
  transport: "udp",
  capacity: 0,
  ping: false,
  enabled: true,
  removePrefix: false,
  addPrefix: "",
  mediaEncryption: "off",
  tlsAuthorities: "",
  tlsWildcards: false,
  srtpSuites: [] as string[],
  trusted: false,
  transfers: null,
  translationProfile: defaultProfile as string,
} as const satisfies Omit<Destination, "name" | "eTag">;

export function DestinationFields({
  destination = fresh,
}: {
  destination?: typeof fresh | Destination;
}) {
  return (
    <>
      <SelectField
        name="type"
        label="Type"
        data={[...destinationTypes]}
        defaultValue={destination.type}
      />
      <SwitchField
        name="enabled"
        label="Enabled"
        description="Routes may use it, and calls from its address are let in"
        defaultChecked={destination.enabled}
      />
      <SwitchField
        name="trusted"
        label="Trusted with callers' identities"
        description="Is told who calls, also of anonymous callers, and is believed what it says of its own"
        defaultChecked={destination.trusted}
      />
      <Divider label="Where" labelPosition="left" />
      <TextField
        name="gateway"
        label="Host or address"
        description="Not needed for an extension"
        defaultValue={destination.gateway}
      />
      <SimpleGrid cols={2}>
        <NumberField
          name="port"
          label="Port"
          description="0: found by DNS"
          min={0}
          max={65_535}
          defaultValue={destination.port}
        />
        <SelectField
          name="transport"
          label="Transport"
          description="DNS finds it when the port is 0"
          data={transports}
          defaultValue={destination.transport}
        />
      </SimpleGrid>
      <TextField
        name="domain"
        label="SIP domain"
        description="Empty takes the host"
        defaultValue={destination.domain}
      />
      <TlsFields destination={destination} />
      <AccountFields destination={destination} />
      <Divider label="Numbers" labelPosition="left" />
      <SwitchField
        name="removePrefix"
        label="Cut off the route's prefix"
        defaultChecked={destination.removePrefix}
      />
      <TextField
        name="addPrefix"
        label="Put before the number"
        defaultValue={destination.addPrefix}
      />
      <TextField
        name="translationProfile"
        label="Translation profile"
        description="Whose codec ids it is offered: those are in the settings"
        maxLength={64}
        defaultValue={destination.translationProfile}
      />
      <Divider label="Limits" labelPosition="left" />
      <NumberField
        name="capacity"
        label="Calls at a time"
        description="0 for no limit"
        min={0}
        defaultValue={destination.capacity}
      />
      <SelectField
        name="mediaEncryption"
        label="Media encryption"
        data={mediaEncryptions}
        defaultValue={destination.mediaEncryption}
      />
      <MultiSelectField
        name="srtpSuites"
        label="SRTP suites"
        description="Offered in this order, and no others taken; none for all"
        data={srtpSuites}
        defaultValue={destination.srtpSuites}
      />
      <SelectField
        name="transfers"
        label="Its transfers"
        description="Who calls whom it transfers a caller to (REFER)"
        data={transferPolicies}
        defaultValue={destination.transfers ?? ""}
      />
    </>
  );
}
