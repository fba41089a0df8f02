import type { Schema } from "@/lib/schema";

export type Counter = Schema<"Counter">;

/** The counters that are worth a glance, with the words of a glance. */
const headlines = [
  { key: "activeSessions", label: "Active calls" },
  { key: "activeRegistrations", label: "Registered extensions" },
  { key: "requestRate", label: "SIP requests per second" },
  { key: "successfulCalls", label: "Answered since start" },
  { key: "failedCalls", label: "Failed since start" },
  { key: "quarantinedEndpoints", label: "In quarantine" },
] as const;

export interface Headline {
  key: string;
  label: string;
  value: number;
}

export const headlinesOf = (counters: readonly Counter[]): Headline[] =>
  headlines.flatMap(({ key, label }) => {
    const counter = counters.find((candidate) => candidate.key === key);
    return counter ? [{ key, label, value: counter.value }] : [];
  });
