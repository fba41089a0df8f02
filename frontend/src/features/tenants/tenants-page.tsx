import { Button, Paper } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Building2, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { EmptyState } from "@/components/empty-state";
import { Page } from "@/components/page";
import { RowAction } from "@/components/row-action";
import { tenantsQuery, useRemoveTenant } from "./queries";
import type { Tenant } from "./tenant";
import { tenantColumns } from "./tenant-columns";
import { AddTenantDrawer, EditTenantDrawer } from "./tenant-drawers";

const route = getRouteApi("/shell/tenants");

export function TenantsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page } = useSuspenseQuery(tenantsQuery({ cursor }));
  const [open, setOpen] = useState<Tenant | "new" | null>(null);
  const remove = useRemoveTenant();
  const close = () => setOpen(null);

  const askRemove = (tenant: Tenant) =>
    confirmLoss({
      title: `Remove the tenant ${tenant.name || tenant.id}?`,
      loss: "All its extensions, passwords, registrations, destinations, routes, keys, events and its whole call history are lost for good.",
      verb: "Remove everything",
      onConfirm: () => remove.mutate(tenant),
    });

  return (
    <Page
      title="Tenants"
      description="Customers of this installation. None can see or call another."
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen("new")}>
          Add tenant
        </Button>
      }
    >
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Tenants"
          columns={tenantColumns}
          rows={page.items}
          rowKey={({ id }) => id}
          actions={(row) => (
            <>
              <RowAction label={`Edit ${row.id}`} icon={Pencil} onClick={() => setOpen(row)} />
              <RowAction
                label={`Remove ${row.id}`}
                icon={Trash2}
                danger
                onClick={() => askRemove(row)}
              />
            </>
          )}
          empty={
            <EmptyState icon={Building2} title="No tenants yet">
              A tenant has its own SIP domains, extensions and history. Add the first one.
            </EmptyState>
          }
        />
        <Pager
          noun="tenants"
          count={page.items.length}
          cursor={cursor}
          next={page.cursor}
          onMove={(next) => navigate({ search: { cursor: next } })}
        />
      </Paper>
      {open === "new" && <AddTenantDrawer onClose={close} />}
      {open !== null && open !== "new" && <EditTenantDrawer tenant={open} onClose={close} />}
    </Page>
  );
}
