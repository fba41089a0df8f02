import { describe, expect, it } from "vitest";
import { extensionChangeSchema, newExtensionSchema } from "./extension";

const valid = { username: "1001", password: "s3cret-enough" };

describe("a new extension", () => {
  it("needs a username and a password only", () => {
    expect(newExtensionSchema.parse({ ...valid, enabled: "on" })).toEqual({
      ...valid,
      displayName: "",
      enabled: true,
      allowExternalCalls: false,
      recordCalls: false,
      prefix: "",
      redirection: "",
      redirectionTimeoutSeconds: null,
      externalRoute: "",
      digestAlgorithm: null,
      mediaEncryption: "off",
      srtpSuites: [],
      identities: [],
      keepAlive: null,
    });
  });

  it("keeps the order in which its suites were chosen", () =>
    expect(
      newExtensionSchema.parse({ ...valid, srtpSuites: "AEAD_AES_256_GCM,AES_CM_128_HMAC_SHA1_80" })
        .srtpSuites,
    ).toEqual(["AEAD_AES_256_GCM", "AES_CM_128_HMAC_SHA1_80"]));

  it("may call as numbers that are written like its own", () => {
    expect(
      newExtensionSchema.parse({ ...valid, identities: "+49301234, sales" }).identities,
    ).toEqual(["+49301234", "sales"]);
    expect(newExtensionSchema.safeParse({ ...valid, identities: "the boss" }).success).toBe(false);
  });

  it("is redirected after a time of its own, or the tenant's", () => {
    const timeout = (redirectionTimeoutSeconds: string) =>
      newExtensionSchema.safeParse({ ...valid, redirectionTimeoutSeconds });
    expect(timeout("20").data?.redirectionTimeoutSeconds).toBe(20);
    expect(timeout("").data?.redirectionTimeoutSeconds).toBeNull();
    expect(timeout("4").success).toBe(false);
    expect(timeout("601").success).toBe(false);
  });

  it.each(["", "10 01", "1001@host", "sip:1001", "élan"])("is not called %j", (username) =>
    expect(newExtensionSchema.safeParse({ ...valid, username }).success).toBe(false),
  );

  it.each(["1001", "*97", "front.desk-2", "+4916012345"])("may be called %s", (username) =>
    expect(newExtensionSchema.safeParse({ ...valid, username }).success).toBe(true),
  );

  it("puts only what can be dialled before a number", () => {
    expect(newExtensionSchema.safeParse({ ...valid, prefix: "00#" }).success).toBe(true);
    expect(newExtensionSchema.safeParse({ ...valid, prefix: "x" }).success).toBe(false);
  });
});

describe("a change of an extension", () => {
  it("keeps the password when none is typed", () =>
    expect(extensionChangeSchema.parse({ password: "" }).password).toBeNull());

  it("refuses a short new password", () =>
    expect(extensionChangeSchema.safeParse({ password: "12345" }).success).toBe(false));
});
