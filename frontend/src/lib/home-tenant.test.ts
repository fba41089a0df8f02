import { describe, expect, it } from "vitest";
import { homeTenant } from "./home-tenant";

const operator = {
  tenant: null,
  tenants: [
    { id: "default", name: "Default" },
    { id: "harbour", name: "Harbour" },
  ],
};

describe("the tenant to begin with", () => {
  it("is the first when none was seen yet", () =>
    expect(homeTenant(operator, null)).toBe("default"));

  it("is the one seen last", () => expect(homeTenant(operator, "harbour")).toBe("harbour"));

  it("is the demo tenant on the first look at one", () => {
    const tenants = [...operator.tenants, { id: "demo", name: "Demo" }];
    expect(homeTenant({ ...operator, tenants }, null)).toBe("demo");
  });

  it("is not one that is gone", () => expect(homeTenant(operator, "removed")).toBe("default"));

  it("is a tenant administrator's own, whatever another person saw last", () => {
    const own = { tenant: "demo", tenants: [{ id: "demo", name: "Demo" }] };
    expect(homeTenant(own, "default")).toBe("demo");
  });

  it("does not exist before an operator made one", () =>
    expect(homeTenant({ ...operator, tenants: [] }, null)).toBeUndefined());
});
