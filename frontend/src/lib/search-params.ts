import { z } from "zod";

const longest = 200;

/** A text in the URL; empty and overlong ones count as absent. */
export const searchText = z.string().trim().min(1).max(longest).optional().catch(undefined);

/** One of a few words in the URL; any other counts as absent. */
export const searchWord = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words).optional().catch(undefined);

/** A day in the URL, `2026-03-01`, that the calendar has. */
export const searchDay = z.iso.date().optional().catch(undefined);

/** The moment a day begins here, as the API wants it. */
export const dayStart = (day: string) => new Date(`${day}T00:00:00`).toISOString();

/** The moment the day after begins here: what is before it is within the day. */
export function dayEnd(day: string): string {
  const end = new Date(`${day}T00:00:00`);
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}
