import { expect, test } from "vitest";
import { describeBacklog } from "./backlog";

const node = (waiting: number, ageSeconds: number) => ({
  name: "a",
  gateway: {
    phase: "open" as const,
    calls: 0,
    carriedCalls: null,
    drainDeadline: null,
    isOverloaded: false,
    cpu: 0,
    delayMilliseconds: 0,
    callBacklog: { waiting, capacity: 100, journaled: waiting, ageSeconds },
  },
});

test("nothing is said while storage keeps up", () => {
  expect(describeBacklog([])).toBeNull();
  expect(describeBacklog([{ name: "core", gateway: null }, node(40, 0.4)])).toBeNull();
});

test("calls that wait are told with their node and for how long", () => {
  expect(describeBacklog([node(40, 7.4)])).toContain(
    "40 of at most 100 calls at node a wait for 7 s.",
  );
});

test("a full backlog says that new calls are refused", () => {
  expect(describeBacklog([node(100, 60)])).toContain("new calls are refused");
});
