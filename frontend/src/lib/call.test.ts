import { describe, expect, it } from "vitest";
import { type CallRecord, lossPercent, outcomeOf, ringSeconds } from "./call";

const outcome = (
  status: number,
  answered: string | null,
  endedBy: CallRecord["endedBy"] = "caller",
) => outcomeOf({ status, answered, endedBy }).text;

describe("what became of a call", () => {
  it.each([
    [486, "Busy"],
    [600, "Busy"],
    [480, "No answer"],
    [408, "No answer"],
    [487, "Given up"],
    [404, "Failed (404)"],
  ])("that ended with %d is %s", (status, text) => expect(outcome(status, null)).toBe(text));

  it("is an answer whoever hung up", () =>
    expect(outcome(200, "2026-03-01T12:00:05Z", "operator")).toBe("Answered"));

  it("is a cut when its node died while people talked", () =>
    expect(outcome(200, "2026-03-01T12:00:05Z", "nodeLost")).toBe("Cut off"));
});

describe("lost packets", () => {
  it("are a share of those expected", () =>
    expect(lossPercent({ packetsReceived: 95, packetsLost: 5 })).toBe(5));

  it("are unknown when nothing was expected", () =>
    expect(lossPercent({ packetsReceived: 0, packetsLost: 0 })).toBeNull());

  it("are none when doubled packets make the count negative", () =>
    expect(lossPercent({ packetsReceived: 100, packetsLost: -3 })).toBe(0));
});

it("A call that nobody answered rang until its end", () => {
  const times = { started: "2026-03-01T12:00:00Z", ended: "2026-03-01T12:01:00Z" };
  expect(ringSeconds({ ...times, answered: null } as CallRecord)).toBe(60);
  expect(ringSeconds({ ...times, answered: "2026-03-01T12:00:04Z" } as CallRecord)).toBe(4);
});
