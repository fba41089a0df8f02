import type { Schema } from "@/lib/schema";

export type TraceMessage = Schema<"TraceMessage">;

/** What a message is, in the words of its first line: the method and URI, or the code and reason. */
export const firstLine = (text: string) =>
  (text.split("\r\n", 1)[0] ?? "").replace(/^SIP\/2\.0 | SIP\/2\.0$/, "");
