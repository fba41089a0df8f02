import { z } from "zod";
import { formName } from "@/lib/form";

export const signInSchema = z.object({
  username: formName(64),
  password: z.string().min(1, "This is needed."),
});

export type SignIn = z.output<typeof signInSchema>;

const shortest = 10;
const longest = 128;

export const passwordChangeSchema = z
  .object({
    oldPassword: z.string().min(1, "This is needed."),
    newPassword: z
      .string()
      .min(shortest, `At least ${shortest} characters.`)
      .max(longest, `At most ${longest} characters.`),
    repeated: z.string(),
  })
  .refine(({ newPassword, repeated }) => newPassword === repeated, {
    path: ["repeated"],
    message: "This differs from the new password.",
  });

export type PasswordChange = z.output<typeof passwordChangeSchema>;

/** Only a page of the console may be returned to, else the address could lead anywhere. */
export function safeReturn(path = ""): string {
  const inside = path.startsWith("/") && !path.startsWith("//") && !path.includes("\\");
  return inside && !path.startsWith("/sign-in") ? path : "/";
}
