import type { Schema } from "@/lib/schema";
import type { Tone } from "@/lib/tone";

export type Certificate = Schema<"Certificate">;

const day = 86_400_000;

/** What an operator must know of a certificate, the worst first. */
export function stateOf(
  { notBefore, notAfter, fault, isDevelopment }: Certificate,
  now: number,
): { text: string; tone: Tone } {
  const left = Math.ceil((Date.parse(notAfter) - now) / day);
  if (left <= 0) return { text: "Expired", tone: "bad" };
  if (fault) return { text: "File can't be used", tone: "bad" };
  if (Date.parse(notBefore) > now) return { text: "Not valid yet", tone: "ring" };
  if (left <= 21) return { text: left === 1 ? "Last day" : `${left} days left`, tone: "ring" };
  return isDevelopment ? { text: "Development", tone: "idle" } : { text: "Valid", tone: "good" };
}
