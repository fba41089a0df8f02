import { useQuery } from "@tanstack/react-query";
import { NumberField, SelectField, SwitchField, TextField } from "@/components/form/fields";
import { voiceMailTargetsQuery } from "./queries";
import type { TenantSettings } from "./settings";

const algorithms = [
  { value: "md5", label: "MD5 (every phone)" },
  { value: "sha256", label: "SHA-256 (newer phones only)" },
];

const transferPolicies = [
  { value: "carryOut", label: "Carried out here" },
  { value: "passThrough", label: "Passed to the other party's phone" },
  { value: "refuse", label: "Refused" },
];

const keepAlives = [
  { value: "off", label: "Nothing" },
  { value: "crlf", label: "Line ends (cheapest)" },
  { value: "options", label: "OPTIONS (shows who is gone)" },
];

export function RegistrationFields({ settings }: { settings: TenantSettings }) {
  return (
    <>
      <SwitchField
        name="sipAuthentication"
        label="Phones need a password"
        description="Off counts only in networks that this system's operator trusts: whoever is there may call as anybody"
        defaultChecked={settings.sipAuthentication ?? true}
      />
      <SwitchField
        name="authenticateLocalCalls"
        label="Authenticate calls to extensions"
        description="Off, everybody may call extensions, from an address that is not this tenant's, and nothing else"
        defaultChecked={settings.authenticateLocalCalls ?? true}
      />
      <SelectField
        name="digestAlgorithm"
        label="Authentication"
        description="The challenge that phones get"
        data={algorithms}
        defaultValue={settings.digestAlgorithm}
      />
      <NumberField
        name="maxBindings"
        label="Devices per extension"
        description="1 to 100"
        min={1}
        max={100}
        defaultValue={settings.maxBindings}
      />
      <SwitchField
        name="saveRegistrations"
        label="Keep registrations over a restart"
        description="Phones stay reachable without registering again"
        defaultChecked={settings.saveRegistrations}
      />
      <SwitchField
        name="serviceRoute"
        label="Phones come back by the same node"
        description="Told to them as Service-Route; a few phones mind it"
        defaultChecked={settings.serviceRoute}
      />
      <SelectField
        name="keepAlive"
        label="Keep-alive"
        description="Sent to phones behind NATs, so that calls reach them"
        data={keepAlives}
        defaultValue={settings.keepAlive ?? "crlf"}
      />
      <NumberField
        name="keepAlivePeriodSeconds"
        label="Keep-alive every"
        description="Seconds, 5 to 600"
        min={5}
        max={600}
        defaultValue={settings.keepAlivePeriodSeconds ?? 30}
      />
      <NumberField
        name="keepAliveMisses"
        label="Unreachable after"
        description="OPTIONS without an answer; 0 for never"
        min={0}
        max={100}
        defaultValue={settings.keepAliveMisses ?? 3}
      />
      <NumberField
        name="minExpiresSeconds"
        label="Shortest registration"
        description="Seconds, 1 to 86,400"
        min={1}
        defaultValue={settings.minExpiresSeconds}
      />
      <NumberField
        name="defaultExpiresSeconds"
        label="Registration of a phone that asks for none"
        description="Seconds"
        min={1}
        defaultValue={settings.defaultExpiresSeconds}
      />
      <NumberField
        name="maxExpiresSeconds"
        label="Longest registration"
        description="Seconds, up to 604,800"
        min={1}
        defaultValue={settings.maxExpiresSeconds}
      />
    </>
  );
}

interface CallFieldsProps {
  tenant: string;
  settings: TenantSettings;
}

export function CallFields({ tenant, settings }: CallFieldsProps) {
  const { data: names = [] } = useQuery(voiceMailTargetsQuery(tenant));
  const current = settings.voiceMailDestination;
  const targets = [...new Set([...(current ? [current] : []), ...names])];
  return (
    <>
      <NumberField
        name="ringTimeoutSeconds"
        label="A phone rings for"
        description="Seconds, 5 to 600"
        min={5}
        max={600}
        defaultValue={settings.ringTimeoutSeconds}
      />
      <NumberField
        name="maxSessionDurationSeconds"
        label="Longest call"
        description="Seconds; empty for no limit"
        min={1}
        defaultValue={settings.maxSessionDurationSeconds ?? ""}
      />
      <SelectField
        name="voiceMailDestination"
        label="Voice mail"
        description="The destination that takes it"
        data={[{ value: "", label: "None" }, ...targets]}
        defaultValue={current ?? ""}
      />
      <SwitchField
        name="processRedirects"
        label="Process 3xx responses here"
        description="Where a phone redirects to is called; off, the caller is told of it"
        defaultChecked={settings.processRedirects ?? false}
      />
      <SelectField
        name="transfers"
        label="Transfers"
        description="Who calls whom a party is transferred to (REFER)"
        data={transferPolicies}
        defaultValue={settings.transfers ?? "carryOut"}
      />
      <SwitchField
        name="recordAudio"
        label="Record audio"
        description="Of extensions whose calls are to be recorded; such calls are G.711"
        defaultChecked={settings.recordAudio ?? false}
      />
      <SwitchField
        name="mixRecordings"
        label="Mix recordings"
        description="Both parties on one channel instead of left and right"
        defaultChecked={settings.mixRecordings ?? false}
      />
    </>
  );
}

export function SoundFields({ settings }: { settings: TenantSettings }) {
  return (
    <>
      <SwitchField
        name="musicOnHold"
        label="Music on hold"
        description="Who is put on hold hears music"
        defaultChecked={settings.musicOnHold}
      />
      <SwitchField
        name="announceRefusals"
        label="Announce refusals"
        description="A caller hears that nobody has the number, or that it cannot be reached"
        defaultChecked={settings.announceRefusals}
      />
      <SwitchField
        name="announceCallEnd"
        label="Warn before the longest call ends"
        description="Both hear beeps 30 seconds before"
        defaultChecked={settings.announceCallEnd}
      />
      <TextField
        name="echoNumber"
        label="Echo test"
        description="Dialled by a phone, it hears itself; empty for none"
        maxLength={64}
        defaultValue={settings.echoNumber}
      />
      <TextField
        name="musicNumber"
        label="Music test"
        description="Dialled by a phone, it hears the music on hold; empty for none"
        maxLength={64}
        defaultValue={settings.musicNumber}
      />
      <TextField
        name="pickUpPrefix"
        label="Call pick-up"
        description="Dialled before the number of an extension that rings, it takes its call; empty for none"
        maxLength={64}
        defaultValue={settings.pickUpPrefix}
      />
      <TextField
        name="codecIds"
        label="Codec ids"
        description="By translation profile, such as Default: telephone-event=96; Carrier: iLBC=97"
        maxLength={1024}
        defaultValue={settings.codecIds}
      />
    </>
  );
}
