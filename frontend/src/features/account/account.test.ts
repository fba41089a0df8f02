import { describe, expect, it } from "vitest";
import { passwordChangeSchema, safeReturn } from "./account";

describe("where to go after the sign-in", () => {
  it("is the page that was asked for", () =>
    expect(safeReturn("/t/default/history?number=1001")).toBe("/t/default/history?number=1001"));

  it.each([
    undefined,
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/sign-in?return=/",
    "javascript:alert(1)",
  ])("is home when asked for %s", (path) => expect(safeReturn(path)).toBe("/"));
});

describe("a new password", () => {
  const change = (newPassword: string, repeated = newPassword) =>
    passwordChangeSchema.safeParse({ oldPassword: "old", newPassword, repeated });

  it("needs ten characters", () => {
    expect(change("nine-char").success).toBe(false);
    expect(change("ten-chars!").success).toBe(true);
  });

  it("must be typed twice alike", () => {
    expect(change("long enough 1", "long enough 2").error?.issues[0]?.path).toEqual(["repeated"]);
  });
});
