import { beforeEach, describe, expect, it } from "vitest";
import { homeTenant, rememberTenant, type Session } from "./session";

const operator: Session = {
  username: "ada",
  role: "operator",
  tenant: null,
  tenants: [
    { id: "default", name: "Default" },
    { id: "demo", name: "Demo" },
  ],
};

beforeEach(() => localStorage.clear());

describe("the tenant to begin with", () => {
  it("is the first when none was seen yet", () => expect(homeTenant(operator)).toBe("default"));

  it("is the one seen last", () => {
    rememberTenant("demo");
    expect(homeTenant(operator)).toBe("demo");
  });

  it("is not one that is gone", () => {
    rememberTenant("removed");
    expect(homeTenant(operator)).toBe("default");
  });

  it("does not exist before an operator made one", () => {
    expect(homeTenant({ ...operator, tenants: [] })).toBeUndefined();
  });
});
