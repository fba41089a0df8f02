import { Anchor } from "@mantine/core";

/** The pages for customers whose accounts only place calls; they need no sign-in, so that their addresses can be passed on. */
export function GuideLinks({ domains }: { domains: readonly string[] }) {
  return domains.map((domain) => (
    <div key={domain}>
      <Anchor
        size="sm"
        href={`/guides/${encodeURIComponent(domain)}`}
        target="_blank"
        rel="noreferrer"
      >
        The guide to {domain}
      </Anchor>
    </div>
  ));
}
