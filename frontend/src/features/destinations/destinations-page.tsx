import { Button, Paper } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Pencil, Plus, Server, Trash2 } from "lucide-react";
import { useState } from "react";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/empty-state";
import { Page } from "@/components/page";
import { RowAction } from "@/components/row-action";
import { useMayChange } from "@/lib/session";
import type { Destination } from "./destination";
import { destinationColumns } from "./destination-columns";
import { AddDestinationDrawer, EditDestinationDrawer } from "./destination-drawers";
import { destinationsQuery, useRemoveDestination } from "./queries";

const route = getRouteApi("/shell/t/$tenant/destinations");

export function DestinationsPage() {
  const { tenant } = route.useParams();
  const { data: page } = useSuspenseQuery(destinationsQuery(tenant));
  const [open, setOpen] = useState<Destination | "new" | null>(null);
  const mayChange = useMayChange();
  const remove = useRemoveDestination(tenant);
  const close = () => setOpen(null);

  const askRemove = (destination: Destination) =>
    confirmLoss({
      title: `Remove the destination ${destination.name}?`,
      loss: "Its address, account and password are lost. Remove the routes that lead to it first.",
      verb: "Remove",
      onConfirm: () => remove.mutate(destination),
    });

  return (
    <Page
      title="Destinations"
      description="Carriers, gateways and proxies that calls go out to and come in from."
      actions={
        mayChange && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen("new")}>
            Add destination
          </Button>
        )
      }
    >
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Destinations"
          columns={destinationColumns}
          rows={page.items}
          rowKey={({ name }) => name}
          actions={
            mayChange
              ? (row) => (
                  <>
                    <RowAction
                      label={`Edit ${row.name}`}
                      icon={Pencil}
                      onClick={() => setOpen(row)}
                    />
                    <RowAction
                      label={`Remove ${row.name}`}
                      icon={Trash2}
                      danger
                      onClick={() => askRemove(row)}
                    />
                  </>
                )
              : undefined
          }
          empty={
            <EmptyState icon={Server} title="No destinations yet">
              Extensions call each other without one. Add your carrier or gateway to call the world,
              then a route that says which numbers go there.
            </EmptyState>
          }
        />
      </Paper>
      {open === "new" && <AddDestinationDrawer tenant={tenant} onClose={close} />}
      {open !== null && open !== "new" && (
        <EditDestinationDrawer tenant={tenant} destination={open} onClose={close} />
      )}
    </Page>
  );
}
