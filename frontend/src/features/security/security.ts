import { z } from "zod";
import { formInteger } from "@/lib/form";
import type { Schema } from "@/lib/schema";

export type IpFilter = Schema<"IpFilter">;
export type QuarantineEntry = Schema<"QuarantineEntry">;

export const filterActions: Record<IpFilter["action"], string> = {
  allow: "Allow, with authentication",
  bypass: "Allow without authentication",
  trust: "Trust (the same as without authentication)",
  drop: "Drop without an answer",
};

/** An address, or a network with the length of its prefix. Whether it exists, the server knows. */
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: "An address such as 192.0.2.7, or a network such as 192.0.2.0/24.",
});

export const filterSchema = z.object({
  address: z.string().trim().pipe(network),
  action: z.enum(["allow", "bypass", "trust", "drop"]),
  order: formInteger(0, 100_000),
});
