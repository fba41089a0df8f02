import { useSuspenseQuery } from "@tanstack/react-query";
import { formatNumber } from "@/lib/format";
import { headlinesOf } from "./counters";
import classes from "./overview.module.css";
import { countersQuery } from "./queries";

export function Headlines({ tenant }: { tenant: string }) {
  const { data } = useSuspenseQuery(countersQuery(tenant));
  return (
    <dl className={classes.headlines} aria-label="Now">
      {headlinesOf(data.items).map(({ key, label, value }) => (
        <div
          key={key}
          className={classes.headline}
          data-live={key === "activeSessions" && value > 0}
        >
          <dt>{label}</dt>
          <dd>{formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
