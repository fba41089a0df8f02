import { Paper } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { History, ListTree, SearchX } from "lucide-react";
import { CallFilters } from "@/components/call-filters";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { EmptyState } from "@/components/empty-state";
import { Page } from "@/components/page";
import { RowAction } from "@/components/row-action";
import { CallDrawer } from "./call-drawer";
import { historyColumns } from "./history-columns";
import { historyQuery } from "./history-queries";

const route = getRouteApi("/shell/t/$tenant/history");

export function HistoryPage() {
  const { tenant } = route.useParams();
  const { call, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page } = useSuspenseQuery(historyQuery(tenant, filter));
  const { from, to, number, cursor } = filter;
  const show = (id: string | undefined) =>
    navigate({ search: { ...filter, call: id }, resetScroll: false });

  return (
    <Page title="Call history" description="Finished calls, latest first.">
      <CallFilters
        label="Filter the calls"
        filter={filter}
        onFilter={(next) => navigate({ search: { ...next, cursor: undefined }, replace: true })}
      />
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Finished calls"
          columns={historyColumns}
          rows={page.items}
          rowKey={({ id }) => id}
          actions={({ id, caller, callee }) => (
            <RowAction
              label={`Details of the call from ${caller.number} to ${callee.number}`}
              icon={ListTree}
              onClick={() => show(id)}
            />
          )}
          empty={<NoHistory filtered={Boolean(from || to || number)} />}
        />
        <Pager
          key={`${from} ${to} ${number}`}
          noun="calls"
          count={page.items.length}
          cursor={cursor}
          next={page.cursor}
          onMove={(next) => navigate({ search: { ...filter, cursor: next } })}
        />
      </Paper>
      {call && <CallDrawer tenant={tenant} id={call} onClose={() => show(undefined)} />}
    </Page>
  );
}

function NoHistory({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState icon={SearchX} title="No call matches">
      Choose other days, or clear the number. A number must be given in full.
    </EmptyState>
  ) : (
    <EmptyState icon={History} title="No call has ended yet">
      Every call is kept here when it is over, with who, when, how long and why it ended.
    </EmptyState>
  );
}
