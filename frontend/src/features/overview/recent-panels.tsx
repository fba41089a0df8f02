import { Anchor, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { CallOutcome, CallState } from "@/components/call-status";
import { Panel } from "@/components/panel";
import { Party } from "@/components/party";
import { Status } from "@/components/status";
import { TickingDuration } from "@/components/ticking-duration";
import type { Call, CallRecord } from "@/lib/call";
import { eventLooks } from "@/lib/event";
import { formatDuration, formatWhen } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import classes from "./overview.module.css";
import { presentCallsQuery, recentCallsQuery, recentEventsQuery } from "./queries";

interface TenantProps {
  tenant: string;
}

export function PresentCalls({ tenant }: TenantProps) {
  const { data } = useQuery(presentCallsQuery(tenant));
  return (
    <Panel
      title="Active calls"
      flush
      actions={<More tenant={tenant} to="/t/$tenant/calls" what="active calls" />}
    >
      <Rows loaded={data !== undefined} empty="Nobody is on the phone.">
        {data?.items.map((call) => (
          <li key={call.id}>
            <Parties call={call} />
            <span className={classes.aside}>
              <CallState state={call.state} />{" "}
              {call.answered && <TickingDuration since={call.answered} />}
            </span>
          </li>
        ))}
      </Rows>
    </Panel>
  );
}

export function RecentCalls({ tenant }: TenantProps) {
  const { data } = useQuery(recentCallsQuery(tenant));
  return (
    <Panel
      title="Recent calls"
      flush
      actions={<More tenant={tenant} to="/t/$tenant/history" what="recent calls" />}
    >
      <Rows loaded={data !== undefined} empty="No call has ended yet.">
        {data?.items.map((record) => (
          <li key={record.id}>
            <Parties call={record} />
            <span className={classes.aside}>
              <CallOutcome record={record} />{" "}
              {record.answered && formatDuration(record.durationSeconds)}
            </span>
          </li>
        ))}
      </Rows>
    </Panel>
  );
}

export function RecentEvents({ tenant }: TenantProps) {
  const { data } = useQuery(recentEventsQuery(tenant));
  const now = useNow();
  return (
    <Panel
      title="Recent events"
      flush
      actions={<More tenant={tenant} to="/t/$tenant/events" what="recent events" />}
    >
      <Rows loaded={data !== undefined} empty="Nothing has happened yet.">
        {data?.items.map(({ id, at, type, message }) => (
          <li key={id}>
            <Text size="sm" lineClamp={2} title={message}>
              {message}
            </Text>
            <span className={classes.aside}>
              <Status tone={eventLooks[type].tone}>{formatWhen(at, now)}</Status>
            </span>
          </li>
        ))}
      </Rows>
    </Panel>
  );
}

function Rows({
  loaded,
  empty,
  children,
}: {
  loaded: boolean;
  empty: string;
  children: ReactNode[] | undefined;
}) {
  if (!loaded) return <Skeleton h={120} m="md" w="auto" />;
  if (!children?.length) {
    return (
      <Text size="sm" c="dimmed" px="md" pb="md">
        {empty}
      </Text>
    );
  }
  return <ul className={classes.rows}>{children}</ul>;
}

function Parties({
  call: { caller, callee },
}: {
  call: Pick<Call | CallRecord, "caller" | "callee">;
}) {
  return (
    <Text size="sm" component="div" truncate>
      <Party party={{ ...caller, name: "" }} /> → <Party party={{ ...callee, name: "" }} />
      <Text size="xs" c="dimmed" truncate>
        {[caller.name, callee.name].filter(Boolean).join(" to ")}
      </Text>
    </Text>
  );
}

interface MoreProps {
  tenant: string;
  to: "/t/$tenant/calls" | "/t/$tenant/history" | "/t/$tenant/events";
  what: string;
}

function More({ tenant, to, what }: MoreProps) {
  return (
    <Anchor
      size="sm"
      aria-label={`All ${what}`}
      renderRoot={(props) => <Link to={to} params={{ tenant }} {...props} />}
    >
      All
    </Anchor>
  );
}
