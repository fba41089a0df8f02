import { expect, it } from "vitest";
import { inCallOrder, type Route, routeSchema } from "./route";

const route = (prefix: string, order: number): Route => ({
  id: `${prefix}/${order}`,
  eTag: "",
  prefix,
  order,
  destination: "carrier",
  enabled: true,
});

it("Routes stand as calls try them: longest prefix first, then by order", () => {
  const sorted = inCallOrder([route("", 0), route("00", 2), route("00", 1), route("0049", 5)]);
  expect(sorted.map(({ id }) => id)).toEqual(["0049/5", "00/1", "00/2", "/0"]);
});

it("A route without prefix and order is the default route, placed by the server", () => {
  const form = { prefix: "", destination: "carrier", order: "", enabled: "on" };
  expect(routeSchema.parse(form)).toEqual({
    prefix: "",
    destination: "carrier",
    order: null,
    enabled: true,
  });
});

it("A route must lead somewhere", () => {
  const form = { prefix: "00", destination: "", order: "", enabled: "on" };
  expect(routeSchema.safeParse(form).success).toBe(false);
});
