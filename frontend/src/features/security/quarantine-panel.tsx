import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ShieldCheck, ShieldOff } from "lucide-react";
import { confirmLoss } from "@/components/confirm";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/empty-state";
import { ErrorPanel } from "@/components/error-panel";
import { Panel } from "@/components/panel";
import { RowAction } from "@/components/row-action";
import { formatDateTime } from "@/lib/format";
import { useMayChange } from "@/lib/session";
import { quarantineQuery, useRelease, useReleaseAll } from "./queries";
import type { QuarantineEntry } from "./security";

const columns: readonly Column<QuarantineEntry>[] = [
  { header: "Address", primary: true, cell: ({ address }) => address },
  { header: "Calls itself", cell: ({ userAgent }) => userAgent || "–" },
  { header: "Blocked since", cell: ({ entered }) => formatDateTime(entered) },
];

export function QuarantinePanel({ tenant }: { tenant: string }) {
  const { data, error, refetch } = useQuery(quarantineQuery(tenant));
  const mayChange = useMayChange();
  const release = useRelease(tenant);
  const releaseAll = useReleaseAll(tenant);
  const entries = data?.items ?? [];
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;

  const askRelease = ({ address }: QuarantineEntry) =>
    confirmLoss({
      title: `Release ${address}?`,
      loss: "Its requests are answered again, until it misbehaves anew.",
      verb: "Release",
      onConfirm: () => release.mutate(address),
    });

  const askReleaseAll = () =>
    confirmLoss({
      title: "Release every address?",
      loss: `The requests of all ${entries.length} addresses are answered again.`,
      verb: "Release all",
      onConfirm: () => releaseAll.mutate(),
    });

  return (
    <Panel
      title="Quarantine"
      flush
      actions={
        mayChange &&
        entries.length > 0 && (
          <Button size="xs" variant="default" onClick={askReleaseAll}>
            Release all
          </Button>
        )
      }
    >
      <DataTable
        label="Quarantine"
        columns={columns}
        rows={entries}
        rowKey={({ address }) => address}
        actions={
          mayChange
            ? (entry) => (
                <RowAction
                  label={`Release ${entry.address}`}
                  icon={ShieldOff}
                  onClick={() => askRelease(entry)}
                />
              )
            : undefined
        }
        empty={
          <EmptyState icon={ShieldCheck} title="Nobody is in quarantine">
            Addresses that misbehave will be listed here, where you can release them.
          </EmptyState>
        }
      />
    </Panel>
  );
}
