import type { Schema } from "./schema";
import type { Tone } from "./tone";

export type Call = Schema<"Call">;
export type CallRecord = Schema<"CallRecord">;
export type CallDetails = Schema<"CallDetails">;
export type CallParty = Schema<"CallParty">;
export type MediaFigures = Schema<"MediaFigures">;
export type Decision = Schema<"Decision">;

export const callStates: Record<Call["state"], { text: string; tone: Tone }> = {
  calling: { text: "Calling", tone: "ring" },
  ringing: { text: "Ringing", tone: "ring" },
  answered: { text: "Talking", tone: "good" },
  ended: { text: "Ended", tone: "idle" },
};

export const enders: Record<CallRecord["endedBy"], string> = {
  caller: "The caller",
  callee: "The called party",
  operator: "An operator",
  system: "The system",
  nodeLost: "The loss of its node",
};

/** What became of a call, for people. */
export function outcomeOf(record: Pick<CallRecord, "answered" | "status" | "endedBy">): {
  text: string;
  tone: Tone;
} {
  if (record.answered) {
    return record.endedBy === "nodeLost"
      ? { text: "Cut off", tone: "bad" }
      : { text: "Answered", tone: "good" };
  }
  if (record.status === 487) return { text: "Given up", tone: "idle" };
  if (record.status === 486 || record.status === 600) return { text: "Busy", tone: "ring" };
  if (record.status === 480 || record.status === 408) return { text: "No answer", tone: "ring" };
  return { text: `Failed (${record.status})`, tone: "bad" };
}

/** The share of packets that did not arrive, in percent; null when none were expected. */
export function lossPercent({
  packetsReceived,
  packetsLost,
}: Pick<MediaFigures, "packetsReceived" | "packetsLost">): number | null {
  const expected = packetsReceived + Math.max(0, packetsLost);
  return expected > 0 ? (Math.max(0, packetsLost) / expected) * 100 : null;
}

/** How long the called party was rung, in seconds. */
export const ringSeconds = ({ started, answered, ended }: CallRecord) =>
  (Date.parse(answered ?? ended) - Date.parse(started)) / 1000;
