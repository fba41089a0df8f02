import { useSuspenseQuery } from "@tanstack/react-query";
import { HardDrive, LogOut, Undo2 } from "lucide-react";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/empty-state";
import { Panel } from "@/components/panel";
import { RowAction } from "@/components/row-action";
import { live } from "@/lib/live";
import { systemQuery } from "@/lib/system";
import { DrainDrawer } from "./drain-drawer";
import type { SystemNode } from "./node";
import { nodeColumns } from "./node-columns";
import { useTakeBackDrain } from "./node-queries";

/** The nodes of the installation, each of which can be emptied of calls. */
export function NodesPanel() {
  const { data: system } = useSuspenseQuery({ ...systemQuery, ...live });
  const [open, setOpen] = useState<SystemNode | null>(null);
  const takeBack = useTakeBackDrain();

  const actionsOf = (node: SystemNode) => {
    if (!node.gateway) return null;
    return node.gateway.phase === "open" ? (
      <RowAction label={`Drain ${node.name}`} icon={LogOut} danger onClick={() => setOpen(node)} />
    ) : (
      <RowAction
        label={`Take calls again on ${node.name}`}
        icon={Undo2}
        onClick={() => takeBack.mutate(node.name)}
      />
    );
  };

  return (
    <Panel title="Nodes" flush>
      <DataTable
        label="Nodes"
        columns={nodeColumns}
        rows={system.nodes}
        rowKey={({ name }) => name}
        actions={actionsOf}
        empty={
          <EmptyState icon={HardDrive} title="No nodes">
            A node appears here when it starts.
          </EmptyState>
        }
      />
      {open && <DrainDrawer node={open} onClose={() => setOpen(null)} />}
    </Panel>
  );
}
