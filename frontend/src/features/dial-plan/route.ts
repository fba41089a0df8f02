import { z } from "zod";
import { formName, formOptionalInteger, formSwitch } from "@/lib/form";
import type { Schema } from "@/lib/schema";

export type Route = Schema<"Route">;

export const routeSchema = z.object({
  prefix: z
    .string()
    .trim()
    .max(32, "At most 32 characters.")
    .regex(/^[^\s]*$/, "No blanks."),
  destination: formName(64),
  order: formOptionalInteger(0, 100_000),
  enabled: formSwitch,
});

export type RouteChange = z.output<typeof routeSchema>;

/** As calls try them: the longest prefix first, then by order. */
export const inCallOrder = (routes: readonly Route[]) =>
  [...routes].sort(
    (a, b) =>
      b.prefix.length - a.prefix.length || a.prefix.localeCompare(b.prefix) || a.order - b.order,
  );
