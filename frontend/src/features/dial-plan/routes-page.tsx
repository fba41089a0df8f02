import { Button, Paper } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Pencil, Plus, Trash2, Waypoints } from "lucide-react";
import { useState } from "react";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/empty-state";
import { Page } from "@/components/page";
import { RowAction } from "@/components/row-action";
import { useMayChange } from "@/lib/session";
import { routesQuery, useRemoveRoute } from "./queries";
import { inCallOrder, type Route } from "./route";
import { prefixText, routeColumns } from "./route-columns";
import { RouteDrawer } from "./route-drawer";

const routeApi = getRouteApi("/shell/t/$tenant/routes");

export function RoutesPage() {
  const { tenant } = routeApi.useParams();
  const { data: page } = useSuspenseQuery(routesQuery(tenant));
  const [open, setOpen] = useState<Route | "new" | null>(null);
  const mayChange = useMayChange();
  const remove = useRemoveRoute(tenant);

  const askRemove = (route: Route) =>
    confirmLoss({
      title: "Remove this route?",
      loss: `Calls to ${prefixText(route)} no longer go to ${route.destination}; a shorter prefix takes them, or they fail.`,
      verb: "Remove",
      onConfirm: () => remove.mutate(route),
    });

  const actions = (route: Route) => (
    <>
      <RowAction label={`Edit ${name(route)}`} icon={Pencil} onClick={() => setOpen(route)} />
      <RowAction
        label={`Remove ${name(route)}`}
        icon={Trash2}
        danger
        onClick={() => askRemove(route)}
      />
    </>
  );

  return (
    <Page
      title="Routes"
      description="Which numbers go to which destination, in the order in which calls try them."
      actions={
        mayChange && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen("new")}>
            Add route
          </Button>
        )
      }
    >
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Routes"
          columns={routeColumns}
          rows={inCallOrder(page.items)}
          rowKey={({ id }) => id}
          actions={mayChange ? actions : undefined}
          empty={
            <EmptyState icon={Waypoints} title="No routes yet">
              Numbers that are no extension go nowhere. Add a destination, then a route that says
              which numbers it takes.
            </EmptyState>
          }
        />
      </Paper>
      {open !== null && (
        <RouteDrawer
          tenant={tenant}
          route={open === "new" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  );
}

const name = (route: Route) => `the route of ${prefixText(route)} to ${route.destination}`;
