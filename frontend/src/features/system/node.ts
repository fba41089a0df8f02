import { z } from "zod";
import { formOptionalInteger } from "@/lib/form";
import { formatNumber } from "@/lib/format";
import type { Schema } from "@/lib/schema";
import type { Tone } from "@/lib/tone";

export type SystemNode = Schema<"Node">;

interface NodeStatus {
  tone: Tone;
  text: string;
}

/** What a node does, in two words. */
export function statusOf({ isAlive, gateway }: SystemNode): NodeStatus {
  if (!isAlive) return { tone: "bad", text: "Gone" };
  if (!gateway) return { tone: "idle", text: "No gateway" };
  if (gateway.phase === "draining") return { tone: "ring", text: "Draining" };
  if (gateway.phase === "drained") return { tone: "idle", text: "Drained" };
  return gateway.isOverloaded
    ? { tone: "bad", text: "Overloaded" }
    : { tone: "good", text: "Takes calls" };
}

/** Calls in progress, with those of other nodes that a drain waits for as well. */
export function callsOf(gateway: SystemNode["gateway"]): string {
  if (!gateway) return "";
  const own = formatNumber(gateway.calls);
  return gateway.carriedCalls
    ? `${own} + ${formatNumber(gateway.carriedCalls)} of other nodes`
    : own;
}

const minutesOfADay = 1440;

export const drainSchema = z.object({ minutes: formOptionalInteger(0, minutesOfADay) });
