import { Button, Paper } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { Page } from "@/components/page";
import { RowAction } from "@/components/row-action";
import { SearchField } from "@/components/search-field";
import { useMayChange } from "@/lib/session";
import { AddExtensionDrawer } from "./add-extension-drawer";
import { EditExtensionDrawer } from "./edit-extension-drawer";
import type { Extension } from "./extension";
import { extensionColumns } from "./extension-columns";
import { NoExtensions } from "./no-extensions";
import { extensionsQuery, registeredQuery, useRemoveExtension } from "./queries";

const route = getRouteApi("/shell/t/$tenant/extensions");

export function ExtensionsPage() {
  const { tenant } = route.useParams();
  const { prefix, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page } = useSuspenseQuery(extensionsQuery(tenant, { prefix, cursor }));
  const { data: registered } = useQuery(registeredQuery(tenant, prefix));
  const [open, setOpen] = useState<Extension | "new" | null>(null);
  const mayChange = useMayChange();
  const remove = useRemoveExtension(tenant);
  const close = () => setOpen(null);

  const askRemove = (extension: Extension) =>
    confirmLoss({
      title: `Remove extension ${extension.username}?`,
      loss: `Its password, settings and registered devices are lost, and calls to ${extension.username} will fail. Its call history stays.`,
      verb: "Remove",
      onConfirm: () => remove.mutate(extension),
    });

  return (
    <Page
      title="Extensions"
      description="The phones of this tenant: who may register, call and be called."
      actions={
        <>
          <SearchField
            label="Search by number"
            value={prefix ?? ""}
            onSearch={(text) => navigate({ search: { prefix: text || undefined }, replace: true })}
          />
          {mayChange && (
            <Button leftSection={<Plus size={16} />} onClick={() => setOpen("new")}>
              Add extension
            </Button>
          )}
        </>
      }
    >
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Extensions"
          columns={extensionColumns(registered)}
          rows={page.items}
          rowKey={({ username }) => username}
          actions={
            mayChange
              ? (row) => (
                  <>
                    <RowAction
                      label={`Edit ${row.username}`}
                      icon={Pencil}
                      onClick={() => setOpen(row)}
                    />
                    <RowAction
                      label={`Remove ${row.username}`}
                      icon={Trash2}
                      danger
                      onClick={() => askRemove(row)}
                    />
                  </>
                )
              : undefined
          }
          empty={<NoExtensions prefix={prefix} />}
        />
        <Pager
          key={prefix}
          noun="extensions"
          count={page.items.length}
          cursor={cursor}
          next={page.cursor}
          onMove={(next) => navigate({ search: { prefix, cursor: next } })}
        />
      </Paper>
      {open === "new" && <AddExtensionDrawer tenant={tenant} onClose={close} />}
      {open !== null && open !== "new" && (
        <EditExtensionDrawer tenant={tenant} extension={open} onClose={close} />
      )}
    </Page>
  );
}
