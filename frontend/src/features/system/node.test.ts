import { expect, it } from "vitest";
import { callsOf, drainSchema, type SystemNode, statusOf } from "./node";

const gateway = {
  phase: "open",
  calls: 3,
  carriedCalls: null,
  drainDeadline: null,
  isOverloaded: false,
  cpu: 0.2,
  delayMilliseconds: 1,
  callBacklog: { waiting: 0, capacity: 100_000, journaled: 0, ageSeconds: 0 },
} as const;
const node: SystemNode = {
  name: "a",
  incarnation: "1",
  isAlive: true,
  leaseExpires: "2026-01-05T08:00:00Z",
  gateway,
};

it.each([
  [node, "Takes calls"],
  [{ ...node, gateway: { ...gateway, isOverloaded: true } }, "Overloaded"],
  [{ ...node, gateway: { ...gateway, phase: "draining", isOverloaded: true } }, "Draining"],
  [{ ...node, gateway: { ...gateway, phase: "drained" } }, "Drained"],
  [{ ...node, gateway: null }, "No gateway"],
  [{ ...node, isAlive: false, gateway: null }, "Gone"],
] satisfies [SystemNode, string][])("says what a node does", (given, text) => {
  expect(statusOf(given).text).toBe(text);
});

it("counts calls of other nodes that a drain waits for beside its own", () => {
  expect(callsOf(gateway)).toBe("3");
  expect(callsOf({ ...gateway, carriedCalls: 2 })).toBe("3 + 2 of other nodes");
  expect(callsOf({ ...gateway, carriedCalls: 0 })).toBe("3");
  expect(callsOf(null)).toBe("");
});

it("drains without a deadline when none is given", () => {
  expect(drainSchema.parse({ minutes: "" }).minutes).toBeNull();
  expect(drainSchema.parse({ minutes: "10" }).minutes).toBe(10);
});
