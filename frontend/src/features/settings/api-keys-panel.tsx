import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus, Trash2 } from "lucide-react";
import { confirmLoss } from "@/components/confirm";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/empty-state";
import { ErrorPanel } from "@/components/error-panel";
import { Panel } from "@/components/panel";
import { RowAction } from "@/components/row-action";
import { formatDateTime } from "@/lib/format";
import { AddApiKeyDrawer } from "./add-api-key-drawer";
import { apiKeysQuery, useRevokeApiKey } from "./queries";
import { type ApiKey, keyRoles } from "./settings";

const columns: readonly Column<ApiKey>[] = [
  { header: "Key", primary: true, cell: ({ name }) => name },
  { header: "May", cell: ({ role }) => keyRoles[role] },
  { header: "Made", cell: ({ created }) => formatDateTime(created) },
];

export function ApiKeysPanel({ tenant }: { tenant: string }) {
  const { data, error, refetch } = useQuery(apiKeysQuery(tenant));
  const [adding, drawer] = useDisclosure(false);
  const revoke = useRevokeApiKey(tenant);
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;

  const askRevoke = ({ id, name }: ApiKey) =>
    confirmLoss({
      title: `Revoke the key ${name}?`,
      loss: "Programs that use it are refused at once. It cannot be brought back.",
      verb: "Revoke",
      onConfirm: () => revoke.mutate(id),
    });

  return (
    <Panel
      title="API keys"
      flush
      actions={
        <Button size="xs" leftSection={<Plus size={14} />} onClick={drawer.open}>
          Add key
        </Button>
      }
    >
      <DataTable
        label="API keys"
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ id }) => id}
        actions={(key) => (
          <RowAction
            label={`Revoke ${key.name}`}
            icon={Trash2}
            danger
            onClick={() => askRevoke(key)}
          />
        )}
        empty={
          <EmptyState icon={KeyRound} title="No API keys">
            Programs use the REST API with a key of their own, which can be revoked alone. Add one
            for each program.
          </EmptyState>
        }
      />
      {adding && <AddApiKeyDrawer tenant={tenant} onClose={drawer.close} />}
    </Panel>
  );
}
