import { describe, expect, it } from "vitest";
import { formatDuration, formatOctets, formatOffset, formatRemaining, formatWhen } from "./format";

describe("a duration", () => {
  it.each([
    [0, "0:00"],
    [7.9, "0:07"],
    [754, "12:34"],
    [3723, "1:02:03"],
    [187_506, "2 d 04:05:06"],
  ])("of %d s reads %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it("never runs backwards when two clocks differ", () => expect(formatDuration(-3)).toBe("0:00"));
});

describe("the time from something else", () => {
  it.each([
    [1.26, "+1.3 s"],
    [0, "+0 s"],
    [-0.03, "+0 s"],
    [-1.5, "-1.5 s"],
  ])("of %d s reads %s", (seconds, text) => expect(formatOffset(seconds)).toBe(text));
});

describe("the time that is left", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  it.each([
    ["2026-03-01T11:59:59Z", "now"],
    ["2026-03-01T12:00:42Z", "42 s"],
    ["2026-03-01T12:05:10Z", "5 min"],
    ["2026-03-01T15:00:00Z", "3 h"],
    ["2026-03-04T12:00:00Z", "3 d"],
  ])("until %s reads %s", (iso, text) => expect(formatRemaining(iso, now)).toBe(text));
});

it("A time of today stands alone and an older one says its day", () => {
  const now = new Date(2026, 2, 9, 15, 0).getTime();
  expect(formatWhen(new Date(2026, 2, 9, 8, 5).toISOString(), now)).not.toContain("9");
  expect(formatWhen(new Date(2026, 2, 7, 8, 5).toISOString(), now)).toContain("7");
});

it("Octets are counted in thousands", () => {
  expect(formatOctets(999)).toBe("999 B");
  expect(formatOctets(172_000)).toBe("172 kB");
  expect(formatOctets(2_540_000)).toMatch(/^2[.,]5 MB$/);
});
