import { describe, expect, it } from "vitest";
import { type Certificate, stateOf } from "./certificate";

const now = Date.parse("2026-06-01T12:00:00Z");
const valid: Certificate = {
  source: "/data/certificates/a.pem",
  names: ["a.example.com"],
  issuer: "CN=authority",
  notBefore: "2026-05-01T00:00:00Z",
  notAfter: "2026-08-01T00:00:00Z",
  thumbprint: "00",
  isDefault: true,
  isDevelopment: false,
  fault: null,
};
const textOf = (change: Partial<Certificate>) => stateOf({ ...valid, ...change }, now).text;

describe("a certificate's state", () => {
  it("is valid while there is time", () => expect(textOf({})).toBe("Valid"));

  it("counts the last three weeks", () => {
    expect(textOf({ notAfter: "2026-06-22T12:00:00Z" })).toBe("21 days left");
    expect(textOf({ notAfter: "2026-06-02T12:00:00Z" })).toBe("Last day");
    expect(textOf({ notAfter: "2026-06-01T11:59:59Z" })).toBe("Expired");
  });

  it("tells of a file that can't be used", () =>
    expect(textOf({ fault: "it has no private key" })).toBe("File can't be used"));

  it("tells of one that begins later", () =>
    expect(textOf({ notBefore: "2026-06-02T00:00:00Z" })).toBe("Not valid yet"));

  it("tells of one that nobody trusts unasked", () =>
    expect(textOf({ isDevelopment: true })).toBe("Development"));
});
