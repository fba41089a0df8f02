import type { components } from "@/lib/api.gen";

type Node = Pick<components["schemas"]["Node"], "name" | "gateway">;

/** Storage takes a call's record within a fraction of a second; from here on somebody should look. */
const lateSeconds = 5;

/** What to say of nodes whose calls storage does not take in time; nothing while all is well. */
export function describeBacklog(nodes: readonly Node[]): string | null {
  const late = nodes.flatMap(({ name, gateway }) =>
    gateway && gateway.callBacklog.ageSeconds >= lateSeconds
      ? [{ name, ...gateway.callBacklog }]
      : [],
  );
  if (late.length === 0) return null;
  const told = late.map(({ name, waiting, capacity, ageSeconds }) => {
    const full = waiting >= capacity ? "; new calls are refused" : "";
    return `${waiting} of at most ${capacity} calls at node ${name} wait for ${Math.round(ageSeconds)} s${full}`;
  });
  return `Storage does not take the records of calls in time: ${told.join(", ")}. Calls go on; their records are kept on disk meanwhile.`;
}
