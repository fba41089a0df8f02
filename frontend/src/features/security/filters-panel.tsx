import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Network, Plus, Trash2 } from "lucide-react";
import { confirmLoss } from "@/components/confirm";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/empty-state";
import { Panel } from "@/components/panel";
import { RowAction } from "@/components/row-action";
import { useMayChange } from "@/lib/session";
import { AddFilterDrawer } from "./add-filter-drawer";
import { filtersQuery, useRemoveFilter } from "./queries";
import { filterActions, type IpFilter } from "./security";

const columns: readonly Column<IpFilter>[] = [
  { header: "Address or network", primary: true, cell: ({ address }) => address },
  { header: "What happens", cell: ({ action }) => filterActions[action] },
  { header: "Order", numeric: true, cell: ({ order }) => order },
];

export function FiltersPanel({ tenant }: { tenant: string }) {
  const { data: page } = useSuspenseQuery(filtersQuery(tenant));
  const [adding, drawer] = useDisclosure(false);
  const mayChange = useMayChange();
  const remove = useRemoveFilter(tenant);
  const filters = [...page.items].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));

  const askRemove = ({ address, action }: IpFilter) =>
    confirmLoss({
      title: `Remove the filter of ${address}?`,
      loss: `It says: ${filterActions[action]}. Without it the other filters decide about ${address}.`,
      verb: "Remove",
      onConfirm: () => remove.mutate(address),
    });

  return (
    <Panel
      title="IP filters"
      flush
      actions={
        mayChange && (
          <Button size="xs" leftSection={<Plus size={14} />} onClick={drawer.open}>
            Add filter
          </Button>
        )
      }
    >
      <DataTable
        label="IP filters"
        columns={columns}
        rows={filters}
        rowKey={({ address }) => address}
        actions={
          mayChange
            ? (filter) => (
                <RowAction
                  label={`Remove the filter of ${filter.address}`}
                  icon={Trash2}
                  danger
                  onClick={() => askRemove(filter)}
                />
              )
            : undefined
        }
        empty={
          <EmptyState icon={Network} title="No filters">
            Everybody may send requests and must authenticate.
          </EmptyState>
        }
      />
      {adding && <AddFilterDrawer tenant={tenant} next={filters.length} onClose={drawer.close} />}
    </Panel>
  );
}
