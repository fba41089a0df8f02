import { describe, expect, it } from "vitest";
import { newTenantSchema, tenantChangeSchema } from "./tenant";

const parse = (id: string, domains: string) => newTenantSchema.safeParse({ id, name: "", domains });

describe("a new tenant", () => {
  it("has one or more SIP domains", () => {
    expect(parse("acme", "acme.example, 192.0.2.7").data?.domains).toEqual([
      "acme.example",
      "192.0.2.7",
    ]);
    expect(parse("acme", "").success).toBe(false);
  });

  it.each(["Acme", "acme_1", "", "a".repeat(33)])("is not called %j", (id) =>
    expect(parse(id, "acme.example").success).toBe(false),
  );
});

describe("a tenant's domains that take calls only", () => {
  const change = (originationDomains: string) =>
    tenantChangeSchema.safeParse({
      name: "Acme",
      domains: "a.example,b.example",
      originationDomains,
    });

  it("are among its domains", () => {
    expect(change("b.example").data?.originationDomains).toEqual(["b.example"]);
    expect(change("").data?.originationDomains).toEqual([]);
    expect(change("c.example").error?.issues[0]?.path).toEqual(["originationDomains"]);
  });
});
