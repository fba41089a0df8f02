import { z } from "zod";
import { formList, formName, formOptionalInteger, formSwitch, formText } from "@/lib/form";
import { formMediaEncryption, formSrtpSuites } from "@/lib/media-encryption";
import type { Schema } from "@/lib/schema";

export type Extension = Schema<"Extension">;

export const voiceMail = "voicemail";
const shortestPassword = 6;

/** What usernames, and the identities beside them, are written with. */
const inUsernames = /^[\w.!~'()*+#-]+$/;

const settings = {
  displayName: formText(100),
  enabled: formSwitch,
  allowExternalCalls: formSwitch,
  recordCalls: formSwitch,
  prefix: formText(32).refine((text) => /^[\d+*#]*$/.test(text), "Digits, +, * and # only."),
  redirection: formText(64),
  redirectionTimeoutSeconds: formOptionalInteger(5, 600).default(null),
  externalRoute: formText(64),
  digestAlgorithm: z
    .enum(["", "md5", "sha256"])
    .default("")
    .transform((algorithm) => algorithm || null),
  mediaEncryption: formMediaEncryption,
  srtpSuites: formSrtpSuites,
  identities: formList.pipe(
    z
      .array(
        z
          .string()
          .max(64, "At most 64 characters each.")
          .regex(inUsernames, "Letters, digits and . - _ + * # only, as in a username."),
      )
      .max(20, "At most 20."),
  ),
  keepAlive: z
    .enum(["", "off", "crlf", "options"])
    .default("")
    .transform((kind) => kind || null),
};

const password = z
  .string()
  .min(shortestPassword, `At least ${shortestPassword} characters.`)
  .max(128, "At most 128 characters.");

export const newExtensionSchema = z.object({
  username: formName(64).regex(
    inUsernames,
    "Letters, digits and . - _ + * # only, as in a SIP address.",
  ),
  password,
  ...settings,
});

/** An empty password keeps the stored one, which nobody can read. */
export const extensionChangeSchema = z.object({
  password: z.union([z.literal("").transform(() => null), password]),
  ...settings,
});

export type NewExtension = z.output<typeof newExtensionSchema>;
export type ExtensionChange = z.output<typeof extensionChangeSchema>;
