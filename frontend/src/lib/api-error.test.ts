import { describe, expect, it } from "vitest";
import { ApiError, messageOf, networkError, toApiError } from "./api-error";

const answer = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

describe("an answer that is not a success", () => {
  it("speaks with the problem's detail", () => {
    const error = toApiError(answer(409), { title: "Conflict", detail: "1001 is taken." });
    expect(error.message).toBe("1001 is taken.");
    expect(error.status).toBe(409);
  });

  it("joins what is said about a field into one text", () => {
    const error = toApiError(answer(400), { errors: { username: ["Too long.", "No blanks."] } });
    expect(error.fields).toEqual({ username: "Too long. No blanks." });
  });

  it("says what a conflict of versions means when the server does not", () => {
    expect(toApiError(answer(412), undefined).message).toContain("Somebody else changed this");
  });

  it("survives a body that is no problem at all", () => {
    expect(toApiError(answer(500), "<html>").message).toBe("HTTP 500");
  });

  it("carries how long to wait", () => {
    expect(toApiError(answer(429, { "Retry-After": "30" }), {}).retryAfter).toBe(30);
    expect(toApiError(answer(429, { "Retry-After": "soon" }), {}).retryAfter).toBe(0);
  });
});

describe("whether to try again", () => {
  it("is worth it when the server was away or not ready", () => {
    expect(networkError().isPassing).toBe(true);
    expect(new ApiError(503, "").isPassing).toBe(true);
  });

  it("is not when the server refused", () => {
    expect(new ApiError(403, "").isPassing).toBe(false);
  });
});

it("A fault of the console itself is not shown in its own words", () => {
  expect(messageOf(new TypeError("x is undefined"))).not.toContain("undefined");
});
