import { describe, expect, it } from "vitest";
import { filterSchema } from "./security";

const accepts = (address: string) =>
  filterSchema.safeParse({ address, action: "drop", order: "0" }).success;

describe("an IP filter", () => {
  it.each(["192.0.2.7", " 10.0.0.0/8 ", "2001:db8::7", "2001:db8::/32"])("is for %s", (address) =>
    expect(accepts(address)).toBe(true),
  );

  it.each(["", "10.0.0.0/33", "300.1.1.1", "example.org", "2001:db8::/129"])(
    "is not for %j",
    (address) => expect(accepts(address)).toBe(false),
  );
});
