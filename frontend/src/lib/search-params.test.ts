import { describe, expect, it } from "vitest";
import { dayEnd, dayStart, searchDay, searchText, searchWord } from "./search-params";

describe("what stands in the URL", () => {
  it("is taken without the blanks around it", () => expect(searchText.parse(" 10 ")).toBe("10"));

  it.each(["", "   ", "x".repeat(201), 7, null])("counts as absent when it is %j", (value) =>
    expect(searchText.parse(value)).toBeUndefined(),
  );

  it("counts as absent when it is no known word", () => {
    const range = searchWord(["24h", "7d"]);
    expect(range.parse("7d")).toBe("7d");
    expect(range.parse("1y")).toBeUndefined();
  });

  it("counts as absent when the calendar has no such day", () => {
    expect(searchDay.parse("2026-02-28")).toBe("2026-02-28");
    expect(searchDay.parse("2026-02-30")).toBeUndefined();
  });
});

it("A day reaches to the next midnight here, also over the end of a month", () => {
  expect(new Date(dayStart("2026-01-31")).getHours()).toBe(0);
  const end = new Date(dayEnd("2026-01-31"));
  expect([end.getMonth(), end.getDate(), end.getHours()]).toEqual([1, 1, 0]);
});
