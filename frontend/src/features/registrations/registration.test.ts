import { expect, it } from "vitest";
import { endpoint } from "./registration";

it("An IPv6 address is bracketed before its port", () => {
  expect(endpoint("192.0.2.7", 5060)).toBe("192.0.2.7:5060");
  expect(endpoint("2001:db8::7", 5060)).toBe("[2001:db8::7]:5060");
});
