import { formatDuration, secondsBetween } from "@/lib/format";
import { useNow } from "@/lib/use-now";

/** How long something lasts already; renewed every second. */
export function TickingDuration({ since }: { since: string }) {
  return <>{formatDuration(secondsBetween(since, useNow()))}</>;
}
