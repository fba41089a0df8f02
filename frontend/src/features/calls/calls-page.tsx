import { Paper } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Activity, MessagesSquare, PhoneCall, PhoneOff } from "lucide-react";
import { useState } from "react";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { EmptyState } from "@/components/empty-state";
import { Page } from "@/components/page";
import { RowAction } from "@/components/row-action";
import type { Call } from "@/lib/call";
import { useMayChange } from "@/lib/session";
import { callColumns } from "./call-columns";
import { CallMessagesDrawer } from "./call-messages-drawer";
import { CallProgressDrawer } from "./call-progress-drawer";
import { callsQuery, useHangUp } from "./queries";

const route = getRouteApi("/shell/t/$tenant/calls");

export function CallsPage() {
  const { tenant } = route.useParams();
  const { data: page } = useSuspenseQuery(callsQuery(tenant));
  const mayChange = useMayChange();
  const hangUp = useHangUp(tenant);
  const [shown, setShown] = useState<Call | null>(null);
  const [looked, setLooked] = useState<Call | null>(null);

  const askHangUp = (call: Call) =>
    confirmLoss({
      title: "Hang up this call?",
      loss: `${call.caller.number} and ${call.callee.number} are disconnected at once. The history will say that you ended it.`,
      verb: "Hang up",
      onConfirm: () => hangUp.mutate(call),
    });

  return (
    <Page title="Active sessions" description="Calls in progress, oldest first.">
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Active sessions"
          columns={callColumns}
          rows={page.items}
          rowKey={({ id }) => id}
          actions={(call) => (
            <>
              <RowAction
                label={`How the call from ${call.caller.number} to ${call.callee.number} goes`}
                icon={Activity}
                onClick={() => setLooked(call)}
              />
              {mayChange && (
                <>
                  <RowAction
                    label={`Messages of the call from ${call.caller.number} to ${call.callee.number}`}
                    icon={MessagesSquare}
                    onClick={() => setShown(call)}
                  />
                  <RowAction
                    label={`Hang up the call from ${call.caller.number} to ${call.callee.number}`}
                    icon={PhoneOff}
                    danger
                    onClick={() => askHangUp(call)}
                  />
                </>
              )}
            </>
          )}
          empty={
            <EmptyState icon={PhoneCall} title="Nobody is on the phone">
              Calls appear here while they last. Register two phones and call from one to the other
              to see one.
            </EmptyState>
          }
        />
        <Pager
          noun="calls"
          count={page.items.length}
          cursor={undefined}
          next={null}
          onMove={() => undefined}
        />
      </Paper>
      {looked && (
        <CallProgressDrawer tenant={tenant} call={looked} onClose={() => setLooked(null)} />
      )}
      {shown && <CallMessagesDrawer tenant={tenant} call={shown} onClose={() => setShown(null)} />}
    </Page>
  );
}
