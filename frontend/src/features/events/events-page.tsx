import { Button, Paper, SegmentedControl } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Eraser, ScrollText, SearchX } from "lucide-react";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { EmptyState } from "@/components/empty-state";
import { eventColumns } from "@/components/event-columns";
import { Page } from "@/components/page";
import { type EventEntry, eventLooks, eventTypes } from "@/lib/event";
import { useMayChange } from "@/lib/session";
import { eventsQuery, useClearEvents } from "./queries";

const route = getRouteApi("/shell/t/$tenant/events");

const choices = [
  { value: "all", label: "All" },
  ...eventTypes.map((type) => ({ value: type, label: eventLooks[type].text })),
] as { value: EventEntry["type"] | "all"; label: string }[];

export function EventsPage() {
  const { tenant } = route.useParams();
  const { type, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page } = useSuspenseQuery(eventsQuery(tenant, cursor));
  const mayChange = useMayChange();
  const clear = useClearEvents(tenant);
  const rows = type ? page.items.filter((event) => event.type === type) : page.items;

  const askClear = () =>
    confirmLoss({
      title: "Clear the event log?",
      loss: "Every event of this tenant up to now is lost. The call history is not touched.",
      verb: "Clear the log",
      onConfirm: () => clear.mutate(),
    });

  return (
    <Page
      title="Event log"
      description="What happened in this tenant, latest first."
      actions={
        <>
          <SegmentedControl
            aria-label="Type of event"
            data={choices}
            value={type ?? "all"}
            onChange={(choice) =>
              navigate({
                search: { cursor, type: choice === "all" ? undefined : choice },
                replace: true,
              })
            }
          />
          {mayChange && (
            <Button
              variant="default"
              leftSection={<Eraser size={16} />}
              disabled={page.items.length === 0}
              onClick={askClear}
            >
              Clear
            </Button>
          )}
        </>
      }
    >
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Events"
          columns={eventColumns}
          rows={rows}
          rowKey={({ id }) => id}
          empty={<NoEvents filtered={page.items.length > 0} />}
        />
        <Pager
          noun="events"
          count={rows.length}
          cursor={cursor}
          next={page.cursor}
          onMove={(next) => navigate({ search: { type, cursor: next } })}
        />
      </Paper>
    </Page>
  );
}

function NoEvents({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState icon={SearchX} title="No event of this type on this page">
      Choose another type to see the others.
    </EmptyState>
  ) : (
    <EmptyState icon={ScrollText} title="Nothing has happened yet">
      Phones that register, go or fail to connect are noted here; calls are in the history.
    </EmptyState>
  );
}
