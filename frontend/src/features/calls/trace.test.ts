import { describe, expect, it } from "vitest";
import { firstLine } from "./trace";

describe("a message's first line", () => {
  it("of a request is its method and URI", () =>
    expect(firstLine("INVITE sip:b@example.com SIP/2.0\r\nVia: x\r\n\r\n")).toBe(
      "INVITE sip:b@example.com",
    ));

  it("of an answer is its code and reason", () =>
    expect(firstLine("SIP/2.0 486 Busy Here\r\n\r\n")).toBe("486 Busy Here"));
});
