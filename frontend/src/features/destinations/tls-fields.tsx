import { Divider } from "@mantine/core";
import { SwitchField, TextAreaField } from "@/components/form/fields";
import type { Destination } from "./destination";

/** Whom to believe when it says who it is. */
export function TlsFields({
  destination,
}: {
  destination: Pick<Destination, "tlsAuthorities" | "tlsWildcards">;
}) {
  return (
    <>
      <Divider label="With TLS" labelPosition="left" />
      <TextAreaField
        name="tlsAuthorities"
        label="Its certificate authorities"
        description="As PEM; empty for those that the system trusts. A certificate that vouches for itself goes here too"
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={2}
        maxRows={6}
        styles={{ input: { fontFamily: "monospace" } }}
        defaultValue={destination.tlsAuthorities}
      />
      <SwitchField
        name="tlsWildcards"
        label="Accept wildcard certificates"
        description="*.example.com for sip.example.com, which RFC 5922 forbids for SIP"
        defaultChecked={destination.tlsWildcards}
      />
    </>
  );
}
