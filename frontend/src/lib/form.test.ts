import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  formInteger,
  formList,
  formName,
  formOptionalInteger,
  formSwitch,
  parseForm,
} from "./form";

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const schema = z.object({ name: formName(5), port: formInteger(1, 65_535), on: formSwitch });

describe("a form", () => {
  it("gives trimmed, typed values", () => {
    const { value } = parseForm(schema, formOf({ name: " abc ", port: "5060", on: "on" }));
    expect(value).toEqual({ name: "abc", port: 5060, on: true });
  });

  it("takes a switch that is not sent as off", () => {
    expect(parseForm(schema, formOf({ name: "a", port: "1" })).value?.on).toBe(false);
  });

  it("names every field that is wrong, once", () => {
    const { errors } = parseForm(schema, formOf({ name: "", port: "70000" }));
    expect(errors).toEqual({ name: "This is needed.", port: "Between 1 and 65535." });
  });

  it("does not read an empty number as zero", () => {
    expect(parseForm(schema, formOf({ name: "a", port: "" })).errors?.port).toBeDefined();
  });
});

it("An optional number left empty is null", () => {
  const limit = z.object({ limit: formOptionalInteger(1, 9) });
  expect(parseForm(limit, formOf({ limit: "" })).value).toEqual({ limit: null });
  expect(parseForm(limit, formOf({ limit: "7" })).value).toEqual({ limit: 7 });
  expect(parseForm(limit, formOf({ limit: "x" })).errors).not.toBeNull();
});

it("A list drops blanks and doubles", () => {
  expect(formList.parse("a.test, b.test,,a.test")).toEqual(["a.test", "b.test"]);
});
