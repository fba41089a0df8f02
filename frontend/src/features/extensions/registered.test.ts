import { describe, expect, it } from "vitest";
import { isRegistered, registeredOf } from "./registered";

const items = [{ username: "1001" }, { username: "1001" }, { username: "1005" }];

describe("whether an extension is registered", () => {
  it("is known of everybody when the list is whole", () => {
    const registered = registeredOf({ items, cursor: null });
    expect(isRegistered(registered, "1001")).toBe(true);
    expect(isRegistered(registered, "1003")).toBe(false);
    expect(isRegistered(registered, "2000")).toBe(false);
  });

  it("is unknown beyond the end of a list that was cut", () => {
    const registered = registeredOf({ items, cursor: "more" });
    expect(isRegistered(registered, "1003")).toBe(false);
    expect(isRegistered(registered, "1005")).toBe(true);
    expect(isRegistered(registered, "1006")).toBeUndefined();
  });

  it("is unknown until the server has answered", () =>
    expect(isRegistered(undefined, "1001")).toBeUndefined());
});
