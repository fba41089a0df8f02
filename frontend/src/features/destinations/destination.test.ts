import { describe, expect, it } from "vitest";
import { destinationChangeSchema, newDestinationSchema } from "./destination";

const carrier = {
  name: "carrier",
  type: "ua",
  password: "",
  timeoutSeconds: "3600",
  gateway: "sip.carrier.example",
  port: "5060",
  transport: "udp",
  capacity: "0",
};

const errorsOf = (form: Record<string, string>) =>
  newDestinationSchema.safeParse(form).error?.issues.map(({ path }) => path[0]) ?? [];

describe("a destination", () => {
  it("of a carrier needs where it is", () => {
    expect(errorsOf(carrier)).toEqual([]);
    expect(errorsOf({ ...carrier, gateway: "" })).toEqual(["gateway"]);
  });

  it("that is an extension needs its name and no host", () => {
    expect(errorsOf({ ...carrier, type: "extension", gateway: "" })).toEqual(["username"]);
    expect(errorsOf({ ...carrier, type: "extension", gateway: "", username: "1001" })).toEqual([]);
  });

  it("keeps its stored password when none is typed", () =>
    expect(newDestinationSchema.parse(carrier).password).toBeNull());

  it("has a port that exists", () =>
    expect(errorsOf({ ...carrier, port: "65536" })).toEqual(["port"]));

  it("is trusted only when somebody says so", () => {
    expect(newDestinationSchema.parse(carrier).trusted).toBe(false);
    expect(newDestinationSchema.parse({ ...carrier, trusted: "on" }).trusted).toBe(true);
  });

  it("has its transfers treated as the tenant's settings say unless it has a rule of its own", () => {
    expect(newDestinationSchema.parse(carrier).transfers).toBeNull();
    expect(newDestinationSchema.parse({ ...carrier, transfers: "refuse" }).transfers).toBe(
      "refuse",
    );
    expect(errorsOf({ ...carrier, transfers: "never" })).toEqual(["transfers"]);
  });

  it("names a translation profile, the default one unless somebody says so", () => {
    expect(newDestinationSchema.parse(carrier).translationProfile).toBe("Default");
    expect(
      destinationChangeSchema.parse({ ...carrier, translationProfile: " Carrier " })
        .translationProfile,
    ).toBe("Carrier");
    expect(errorsOf({ ...carrier, translationProfile: "x".repeat(65) })).toEqual([
      "translationProfile",
    ]);
  });

  it("may leave port and transport to DNS", () =>
    expect(errorsOf({ ...carrier, port: "0", transport: "none" })).toEqual([]));
});
