import { z } from "zod";

/** What a form says: a value to send, or one text per refused field. */
type Parsed<T> = { value: T; errors: null } | { value: null; errors: Record<string, string> };

export function parseForm<S extends z.ZodType>(schema: S, form: FormData): Parsed<z.output<S>> {
  const result = schema.safeParse(Object.fromEntries(form));
  if (result.success) return { value: result.data, errors: null };

  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? "");
    errors[field] ??= issue.message;
  }
  return { value: null, errors };
}

/** A switch is in the form only when it is on. */
export const formSwitch = z
  .string()
  .optional()
  .transform((value) => value !== undefined);

export const formText = (max: number) =>
  z.string().trim().max(max, `At most ${max} characters.`).default("");

export const formName = (max: number) =>
  z.string().trim().min(1, "This is needed.").max(max, `At most ${max} characters.`);

/** A field left empty is not the number zero. */
export const formInteger = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^-?\d+$/, "A whole number is needed.")
    .transform(Number)
    .refine((value) => value >= min && value <= max, `Between ${min} and ${max}.`);

export const formOptionalInteger = (min: number, max: number) =>
  z.union([z.literal("").transform(() => null), formInteger(min, max)]).nullable();

/** A list field holds its values parted by commas. */
export const formList = z
  .string()
  .default("")
  .transform((text) => [
    ...new Set(
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    ),
  ]);
