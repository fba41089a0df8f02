import { z } from "zod";
import { formInteger, formName, formOptionalInteger, formSwitch, formText } from "@/lib/form";
import type { Schema } from "@/lib/schema";

export type TenantSettings = Schema<"TenantSettings">;
export type ApiKey = Schema<"ApiKey">;
export type NewApiKey = Schema<"NewApiKey">;

const day = 86_400;
const week = 604_800;

const formNumber = z
  .string()
  .default("")
  .transform((number) => number.trim())
  .pipe(
    z
      .string()
      .max(64, "At most 64 characters.")
      .regex(/^[A-Za-z0-9\-_.!~*'()+#]*$/, "Letters, digits and - _ . ! ~ * ' ( ) + #."),
  );

export const settingsSchema = z
  .object({
    sipAuthentication: formSwitch,
    authenticateLocalCalls: formSwitch,
    digestAlgorithm: z.enum(["md5", "sha256"]),
    saveRegistrations: formSwitch,
    minExpiresSeconds: formInteger(1, day),
    maxExpiresSeconds: formInteger(1, week),
    defaultExpiresSeconds: formInteger(1, week),
    maxBindings: formInteger(1, 100),
    ringTimeoutSeconds: formInteger(5, 600),
    maxSessionDurationSeconds: formOptionalInteger(1, week),
    voiceMailDestination: z
      .string()
      .default("")
      .transform((name) => name || null),
    processRedirects: formSwitch,
    transfers: z.enum(["carryOut", "passThrough", "refuse"]).default("carryOut"),
    recordAudio: formSwitch,
    mixRecordings: formSwitch,
    musicOnHold: formSwitch,
    announceRefusals: formSwitch,
    announceCallEnd: formSwitch,
    echoNumber: formNumber,
    musicNumber: formNumber,
    pickUpPrefix: formNumber,
    codecIds: z
      .string()
      .default("")
      .transform((ids) => ids.trim())
      .pipe(z.string().max(1024, "At most 1024 characters.")),
    ignoreNullUserAgent: formSwitch,
    userAgentPolicy: z.enum(["off", "allow", "ban"]).default("off"),
    userAgents: formText(1024),
    serviceRoute: formSwitch,
    keepAlive: z.enum(["off", "crlf", "options"]),
    keepAlivePeriodSeconds: formInteger(5, 600),
    keepAliveMisses: formInteger(0, 100),
  })
  .refine(
    ({ userAgentPolicy: policy, userAgents }) => policy === "off" || /[^;\s]/.test(userAgents),
    { path: ["userAgents"], message: "The policy needs some, with semicolons between them." },
  )
  .superRefine(
    ({ minExpiresSeconds: min, maxExpiresSeconds: max, defaultExpiresSeconds: usual }, context) => {
      if (min > max)
        context.addIssue({
          code: "custom",
          path: ["maxExpiresSeconds"],
          message: "Not shorter than the shortest.",
        });
      else if (usual < min || usual > max)
        context.addIssue({
          code: "custom",
          path: ["defaultExpiresSeconds"],
          message: "Between the shortest and the longest.",
        });
    },
  );

export const apiPasswordSchema = z.object({
  password: z.string().min(8, "At least 8 characters.").max(128, "At most 128 characters."),
});

export const apiKeySchema = z.object({
  name: formName(100),
  role: z.enum(["viewer", "tenantAdmin"]),
});

export const keyRoles: Record<ApiKey["role"], string> = {
  viewer: "Reads",
  tenantAdmin: "Reads and changes",
  operator: "Everything",
};
