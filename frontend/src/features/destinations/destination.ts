import { z } from "zod";
import { formInteger, formName, formSwitch, formText } from "@/lib/form";
import { formMediaEncryption, formSrtpSuites } from "@/lib/media-encryption";
import type { Schema } from "@/lib/schema";

export type Destination = Schema<"Destination">;

export const destinationTypes = [
  { value: "ua", label: "User agent (carrier account, gateway)" },
  { value: "proxy", label: "Proxy (keeps the caller's identity)" },
  { value: "extension", label: "Extension of this tenant" },
] as const;

export const typeNames: Record<Destination["type"], string> = {
  ua: "User agent",
  proxy: "Proxy",
  extension: "Extension",
};

/** The translation profile of phones, and of destinations that name no other. */
export const defaultProfile = "Default";

const longestTimeout = 86_400;

const settings = {
  type: z.enum(["ua", "proxy", "extension"]),
  username: formText(64),
  authUsername: formText(64),
  password: z
    .string()
    .max(128, "At most 128 characters.")
    .transform((password) => password || null),
  register: formSwitch,
  timeoutSeconds: formInteger(0, longestTimeout),
  domain: formText(255),
  gateway: formText(255),
  port: formInteger(0, 65_535),
  transport: z.enum(["none", "udp", "tcp", "tls"]),
  capacity: formInteger(0, 100_000),
  ping: formSwitch,
  enabled: formSwitch,
  removePrefix: formSwitch,
  addPrefix: formText(32),
  translationProfile: formText(64).transform((profile) => profile || defaultProfile),
  mediaEncryption: formMediaEncryption,
  srtpSuites: formSrtpSuites,
  tlsAuthorities: formText(16_384),
  tlsWildcards: formSwitch,
  trusted: formSwitch,
  transfers: z
    .enum(["", "carryOut", "passThrough", "refuse"])
    .default("")
    .transform((policy) => policy || null),
};

/** What a destination needs depends on its type. */
function check(
  destination: { type: string; gateway: string; username: string },
  context: z.core.$RefinementCtx,
) {
  const toExtension = destination.type === "extension";
  if (toExtension && destination.username === "")
    context.addIssue({ code: "custom", path: ["username"], message: "Name the extension." });
  if (!toExtension && destination.gateway === "")
    context.addIssue({
      code: "custom",
      path: ["gateway"],
      message: "A host or address is needed.",
    });
}

export const newDestinationSchema = z
  .object({ name: formName(64), ...settings })
  .superRefine(check);

export const destinationChangeSchema = z.object(settings).superRefine(check);

export type NewDestination = z.output<typeof newDestinationSchema>;
export type DestinationChange = z.output<typeof destinationChangeSchema>;
