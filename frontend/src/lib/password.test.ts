import { expect, it } from "vitest";
import { generatePassword } from "./password";

it("A generated password is as long as asked and never the same twice", () => {
  expect(generatePassword(24)).toHaveLength(24);
  expect(generatePassword()).not.toBe(generatePassword());
});

it("A generated password has no characters that look alike", () => {
  const many = Array.from({ length: 200 }, () => generatePassword()).join("");
  expect(many).not.toMatch(/[0O1lIo]/);
});
