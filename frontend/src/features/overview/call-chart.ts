import type { Schema } from "@/lib/schema";

type Bucket = Schema<"CallChartBucket">;

export const ranges = ["24h", "7d"] as const;
export type Range = (typeof ranges)[number];

export const rangeHours: Record<Range, number> = { "24h": 24, "7d": 168 };

/** As many bars as fit side by side: one an hour, or four a day. */
const hoursPerBar: Record<Range, number> = { "24h": 1, "7d": 6 };

const hourLabel = new Intl.DateTimeFormat(undefined, { hour: "numeric" });
const dayLabel = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  hour: "numeric",
});

export interface Bar {
  label: string;
  Answered: number;
  Failed: number;
}

/** Sums the server's hours into bars that begin at full quarters of the local day. */
export function barsOf(buckets: readonly Bucket[], range: Range): Bar[] {
  const label = range === "24h" ? hourLabel : dayLabel;
  const bars = new Map<number, Bar>();
  for (const { from, answered, failed } of buckets) {
    const start = new Date(from);
    start.setHours(start.getHours() - (start.getHours() % hoursPerBar[range]));
    const bar = bars.get(start.getTime()) ?? { label: label.format(start), Answered: 0, Failed: 0 };
    bar.Answered += answered;
    bar.Failed += failed;
    bars.set(start.getTime(), bar);
  }
  return [...bars.values()];
}

export const sumOf = (buckets: readonly Bucket[]) =>
  buckets.reduce(
    (sum, { answered, failed }) => ({
      answered: sum.answered + answered,
      failed: sum.failed + failed,
    }),
    { answered: 0, failed: 0 },
  );
