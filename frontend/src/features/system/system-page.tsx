import { Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { FileKey, ScrollText } from "lucide-react";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { EmptyState } from "@/components/empty-state";
import { eventColumns } from "@/components/event-columns";
import { Page } from "@/components/page";
import { Panel } from "@/components/panel";
import { calm } from "@/lib/live";
import { systemQuery } from "@/lib/system";
import { useNow } from "@/lib/use-now";
import { certificateColumns } from "./certificate-columns";
import { NodesPanel } from "./nodes-panel";
import { systemEventsQuery } from "./queries";

const route = getRouteApi("/shell/system");

export function SystemPage() {
  const { data: system } = useSuspenseQuery(systemQuery);

  return (
    <Page
      title="System"
      description={`Node ${system.node}, version ${system.version}: what belongs to no tenant.`}
    >
      <Stack gap="md">
        <NodesPanel />
        <Certificates />
        <Events />
      </Stack>
    </Page>
  );
}

function Certificates() {
  const { data: system } = useSuspenseQuery({ ...systemQuery, ...calm });
  const now = useNow();

  return (
    <Panel title="Certificates" flush>
      <DataTable
        label="Certificates"
        columns={certificateColumns(now)}
        rows={system.certificates}
        rowKey={({ source }) => source}
        empty={
          <EmptyState icon={FileKey} title="No certificate">
            Put one into the folder for certificates: it is used at once.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function Events() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page } = useSuspenseQuery(systemEventsQuery(cursor));

  return (
    <Panel title="Event log of the system" flush>
      <DataTable
        label="Events"
        columns={eventColumns}
        rows={page.items}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={ScrollText} title="Nothing has happened yet">
            Certificates that change or expire, and TLS handshakes that fail, are noted here.
          </EmptyState>
        }
      />
      <Pager
        noun="events"
        count={page.items.length}
        cursor={cursor}
        next={page.cursor}
        onMove={(next) => navigate({ search: { cursor: next } })}
      />
    </Panel>
  );
}
