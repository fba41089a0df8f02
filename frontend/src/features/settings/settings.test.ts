import { describe, expect, it } from "vitest";
import { settingsSchema } from "./settings";

const form = {
  digestAlgorithm: "md5",
  saveRegistrations: "on",
  minExpiresSeconds: "60",
  maxExpiresSeconds: "3600",
  defaultExpiresSeconds: "3600",
  maxBindings: "10",
  ringTimeoutSeconds: "60",
  maxSessionDurationSeconds: "",
  voiceMailDestination: "",
  keepAlive: "crlf",
  keepAlivePeriodSeconds: "30",
  keepAliveMisses: "3",
  musicOnHold: "on",
  echoNumber: " *43 ",
  musicNumber: "",
  pickUpPrefix: "*8",
  codecIds: " Default: telephone-event=96 ",
  userAgentPolicy: "off",
  userAgents: "",
};

const refused = (change: Partial<typeof form>) =>
  settingsSchema.safeParse({ ...form, ...change }).error?.issues.map(({ path }) => path[0]) ?? [];

describe("a tenant's settings", () => {
  it("without a longest call and without voice mail have neither", () =>
    expect(settingsSchema.parse(form)).toMatchObject({
      saveRegistrations: true,
      maxSessionDurationSeconds: null,
      voiceMailDestination: null,
    }));

  it("let phones in without a password only when that is turned off", () => {
    expect(settingsSchema.parse({ ...form, sipAuthentication: "on" }).sipAuthentication).toBe(true);
    expect(settingsSchema.parse(form).sipAuthentication).toBe(false);
  });

  it("let strangers call extensions only when authentication of such calls is turned off", () => {
    expect(
      settingsSchema.parse({ ...form, authenticateLocalCalls: "on" }).authenticateLocalCalls,
    ).toBe(true);
    expect(settingsSchema.parse(form).authenticateLocalCalls).toBe(false);
  });

  it("pass redirections to the caller unless they are to be processed here", () => {
    expect(settingsSchema.parse(form).processRedirects).toBe(false);
    expect(settingsSchema.parse({ ...form, processRedirects: "on" }).processRedirects).toBe(true);
  });

  it("have transfers carried out here unless they are passed on or refused", () => {
    expect(settingsSchema.parse(form).transfers).toBe("carryOut");
    expect(settingsSchema.parse({ ...form, transfers: "refuse" }).transfers).toBe("refuse");
    expect(settingsSchema.safeParse({ ...form, transfers: "never" }).success).toBe(false);
  });

  it("keep the shortest registration below the longest", () =>
    expect(refused({ minExpiresSeconds: "7200" })).toEqual(["maxExpiresSeconds"]));

  it("keep the usual registration between both", () =>
    expect(refused({ defaultExpiresSeconds: "30" })).toEqual(["defaultExpiresSeconds"]));

  it("take the numbers of the tests as extensions are written, or none", () => {
    expect(settingsSchema.parse(form)).toMatchObject({
      musicOnHold: true,
      announceRefusals: false,
      echoNumber: "*43",
      musicNumber: "",
    });
    expect(refused({ echoNumber: "4 3", pickUpPrefix: "*8 " })).toEqual(["echoNumber"]);
    expect(refused({ pickUpPrefix: "8/" })).toEqual(["pickUpPrefix"]);
  });

  it("take codec ids as they are, but for spaces around them", () =>
    expect(settingsSchema.parse(form)).toMatchObject({ codecIds: "Default: telephone-event=96" }));

  it("need user agents for a policy about them", () => {
    expect(settingsSchema.parse(form)).toMatchObject({
      ignoreNullUserAgent: false,
      userAgentPolicy: "off",
    });
    expect(refused({ userAgentPolicy: "ban", userAgents: " ; " })).toEqual(["userAgents"]);
    expect(refused({ userAgentPolicy: "ban", userAgents: "scanner" })).toEqual([]);
  });

  it("ring for 5 seconds to 10 minutes", () => {
    expect(refused({ ringTimeoutSeconds: "4" })).toEqual(["ringTimeoutSeconds"]);
    expect(refused({ ringTimeoutSeconds: "600" })).toEqual([]);
  });
});
