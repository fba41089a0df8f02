import { Anchor, Stack, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CopyText } from "@/components/copy-text";
import { Facts } from "@/components/facts";
import { Panel } from "@/components/panel";
import { systemQuery } from "@/lib/system";
import { tenantQuery } from "@/lib/tenant";
import { portsOf, serversOf } from "./connect";
import { GuideLinks } from "./guide-links";

/** What to enter in a phone. */
export function ConnectPanel({ tenant }: { tenant: string }) {
  const { data: system } = useSuspenseQuery(systemQuery);
  const { data: owner } = useSuspenseQuery(tenantQuery(tenant));
  const servers = serversOf(system.sipListeners);
  const domains = owner.domains.filter((domain) => !owner.originationDomains.includes(domain));

  return (
    <Panel title="Connect a phone">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Add an{" "}
          <Anchor
            size="sm"
            underline="always"
            renderRoot={(props) => (
              <Link to="/t/$tenant/extensions" params={{ tenant }} {...props} />
            )}
          >
            extension
          </Anchor>
          , then enter this in the phone:
        </Text>
        <Facts
          facts={[
            {
              label: "SIP domain",
              value: domains.length
                ? domains.map((domain) => (
                    <CopyText key={domain} label={`the domain ${domain}`} text={domain} />
                  ))
                : "None: this tenant only takes calls",
            },
            {
              label: "Server",
              value: servers.map((server) => (
                <CopyText key={server} label={`the server ${server}`} text={server} />
              )),
            },
            { label: "Ports", value: portsOf(system.sipListeners) || "None is open yet" },
            { label: "Username", value: "The extension's number" },
            { label: "Password", value: "The extension's password" },
            ...(owner.originationDomains.length
              ? [
                  {
                    label: "To call only",
                    value: <GuideLinks domains={owner.originationDomains} />,
                  },
                ]
              : []),
          ]}
        />
      </Stack>
    </Panel>
  );
}
