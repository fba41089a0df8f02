import type { Schema } from "./schema";
import type { Tone } from "./tone";

export type EventEntry = Schema<"Event">;

export const eventTypes = [
  "information",
  "warning",
  "error",
] as const satisfies readonly EventEntry["type"][];

export const eventLooks: Record<EventEntry["type"], { text: string; tone: Tone }> = {
  information: { text: "Information", tone: "idle" },
  warning: { text: "Warning", tone: "ring" },
  error: { text: "Error", tone: "bad" },
};
