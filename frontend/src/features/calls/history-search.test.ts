import { describe, expect, it } from "vitest";
import { callFilterParams } from "@/lib/call-filter";
import { historySearch } from "./history-search";

describe("the history's URL", () => {
  it("gives back what it was made of", () => {
    const search = { from: "2026-03-01", to: "2026-03-02", number: "1001" };
    expect(historySearch.parse(search)).toMatchObject(search);
  });

  it("loses only what is wrong in it", () => {
    expect(historySearch.parse({ from: "yesterday", number: "1001" })).toMatchObject({
      from: undefined,
      number: "1001",
    });
  });
});

it("A single day is asked for from midnight to midnight", () => {
  const { from, to } = callFilterParams({ from: "2026-03-01", to: "2026-03-01" });
  const hours = (Date.parse(to ?? "") - Date.parse(from ?? "")) / 3_600_000;
  expect(hours).toBe(24);
});

it("What is not filtered by is not sent", () => {
  expect(callFilterParams({})).toEqual({});
});
