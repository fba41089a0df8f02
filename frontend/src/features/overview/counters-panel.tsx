import { Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Eraser } from "lucide-react";
import { confirmLoss } from "@/components/confirm";
import { Panel } from "@/components/panel";
import { formatNumber } from "@/lib/format";
import { useMayChange } from "@/lib/session";
import classes from "./overview.module.css";
import { countersQuery, useClearCounters } from "./queries";

export function CountersPanel({ tenant }: { tenant: string }) {
  const { data } = useSuspenseQuery(countersQuery(tenant));
  const mayChange = useMayChange();
  const clear = useClearCounters(tenant);

  const askClear = () =>
    confirmLoss({
      title: "Clear the counters?",
      loss: "Every count of this tenant starts at zero again. What counts something present, such as active sessions, stays; so does the call history.",
      verb: "Clear the counters",
      onConfirm: () => clear.mutate(),
    });

  return (
    <Panel
      title="Counters"
      actions={
        mayChange && (
          <Button variant="default" size="xs" leftSection={<Eraser size={14} />} onClick={askClear}>
            Clear
          </Button>
        )
      }
    >
      <dl className={classes.counters}>
        {data.items.map(({ key, name, value }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
