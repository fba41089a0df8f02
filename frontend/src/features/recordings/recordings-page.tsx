import { Modal, Paper } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { AudioLines, CirclePlay, SearchX, Trash2 } from "lucide-react";
import { useState } from "react";
import { CallFilters } from "@/components/call-filters";
import { confirmLoss } from "@/components/confirm";
import { DataTable } from "@/components/data-table/data-table";
import { Pager } from "@/components/data-table/pager";
import { EmptyState } from "@/components/empty-state";
import { Page } from "@/components/page";
import { RecordingPlayer } from "@/components/recording-player";
import { RowAction } from "@/components/row-action";
import type { Recording } from "@/lib/recording";
import { useMayChange } from "@/lib/session";
import { recordingsQuery, useDeleteRecording } from "./queries";
import { recordingColumns } from "./recording-columns";

const route = getRouteApi("/shell/t/$tenant/recordings");

export function RecordingsPage() {
  const { tenant } = route.useParams();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page } = useSuspenseQuery(recordingsQuery(tenant, filter));
  const remove = useDeleteRecording(tenant);
  const mayHear = useMayChange();
  const [playing, setPlaying] = useState<Recording>();
  const { from, to, number, cursor } = filter;

  const askRemove = ({ id, caller, callee }: Recording) =>
    confirmLoss({
      title: "Delete the recording?",
      loss: `What ${caller} and ${callee} said is lost. The call stays in the history.`,
      verb: "Delete",
      onConfirm: () => remove.mutate(id),
    });

  return (
    <Page title="Recordings" description="Recorded calls, latest first.">
      <CallFilters
        label="Filter the recordings"
        filter={filter}
        onFilter={(next) => navigate({ search: { ...next, cursor: undefined }, replace: true })}
      />
      <Paper bg="var(--ts-surface)">
        <DataTable
          label="Recordings"
          columns={recordingColumns}
          rows={page.items}
          rowKey={({ id }) => id}
          actions={(recording) =>
            mayHear && (
              <>
                <RowAction
                  label={`Play the call from ${recording.caller} to ${recording.callee}`}
                  icon={CirclePlay}
                  onClick={() => setPlaying(recording)}
                />
                <RowAction
                  label={`Delete the recording from ${recording.caller} to ${recording.callee}`}
                  icon={Trash2}
                  danger
                  onClick={() => askRemove(recording)}
                />
              </>
            )
          }
          empty={<NoRecordings filtered={Boolean(from || to || number)} />}
        />
        <Pager
          key={`${from} ${to} ${number}`}
          noun="recordings"
          count={page.items.length}
          cursor={cursor}
          next={page.cursor}
          onMove={(next) => navigate({ search: { ...filter, cursor: next } })}
        />
      </Paper>
      {playing && (
        <Modal
          opened
          onClose={() => setPlaying(undefined)}
          title={`From ${playing.caller} to ${playing.callee}`}
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <RecordingPlayer tenant={tenant} recording={playing} />
        </Modal>
      )}
    </Page>
  );
}

function NoRecordings({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState icon={SearchX} title="No recording matches">
      Choose other days, or clear the number. A number must be given in full.
    </EmptyState>
  ) : (
    <EmptyState icon={AudioLines} title="Nothing is recorded yet">
      Switch on Record audio in the settings, and Record calls of the extensions that it concerns.
    </EmptyState>
  );
}
