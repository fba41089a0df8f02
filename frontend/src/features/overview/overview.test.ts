import { expect, it } from "vitest";
import { barsOf, sumOf } from "./call-chart";
import { headlinesOf } from "./counters";

const hours = (count: number) =>
  Array.from({ length: count }, (_, hour) => ({
    from: new Date(2026, 2, 2, hour).toISOString(),
    answered: 2,
    failed: 1,
  }));

it("A day of calls has a bar for each hour", () => {
  const bars = barsOf(hours(24), "24h");
  expect(bars).toHaveLength(24);
  expect(bars[5]).toMatchObject({ Answered: 2, Failed: 1 });
});

it("A week of calls has four bars a day and loses no call", () => {
  const bars = barsOf(hours(168), "7d");
  expect(bars).toHaveLength(28);
  expect(bars[0]).toMatchObject({ Answered: 12, Failed: 6 });
  expect(sumOf(hours(168))).toEqual({ answered: 336, failed: 168 });
});

it("A week that begins within a quarter of a day begins with a short bar", () => {
  const [first] = barsOf(hours(168).slice(4), "7d");
  expect(first).toMatchObject({ Answered: 4, Failed: 2 });
});

it("Only counters that the server has become headlines", () => {
  const counters = [
    { key: "failedCalls", name: "Number of Failed Calls", value: 3, isLevel: false },
    { key: "unheardOf", name: "New", value: 1, isLevel: false },
  ];
  expect(headlinesOf(counters)).toEqual([
    { key: "failedCalls", label: "Failed since start", value: 3 },
  ]);
});
