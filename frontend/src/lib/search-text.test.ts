import { expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search-text";

it("A number in the URL stays the text that was dialled", () => {
  expect(parseSearch("?number=0049301234&prefix=1e3")).toEqual({
    number: "0049301234",
    prefix: "1e3",
  });
});

it("A search comes back from the URL as it went in", () => {
  const search = { number: "+49 30", call: "a&b=c", prefix: "*97#" };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

it("What is absent leaves no trace in the URL", () => {
  expect(stringifySearch({ cursor: undefined, prefix: "", type: null })).toBe("");
});
