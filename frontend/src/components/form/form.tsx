import { CircleAlert } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { Notice } from "@/components/notice";
import { ApiError, messageOf } from "@/lib/api-error";
import { parseForm } from "@/lib/form";
import { FormErrors } from "./form-errors";

interface FormProps<S extends z.ZodType> {
  schema: S;
  /** Why the server refused what was sent last; null when it did not. */
  refusal: unknown;
  onSend: (value: z.output<S>) => void;
  id?: string;
  children: ReactNode;
}

/**
 * A platform form checked by a schema. Not `action`, which React follows with a reset of every field, also of those
 * that were refused.
 */
export function Form<S extends z.ZodType>({ schema, refusal, onSend, id, children }: FormProps<S>) {
  const form = useRef<HTMLFormElement>(null);
  const [own, setOwn] = useState<Record<string, string>>({});
  const refused = refusal instanceof ApiError ? refusal.fields : {};
  const errors = { ...refused, ...own };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves once per refusal, not per rendering.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [own, refusal]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = parseForm(schema, new FormData(event.currentTarget));
    setOwn(parsed.errors ?? {});
    if (parsed.errors === null) onSend(parsed.value);
  };

  return (
    <form ref={form} onSubmit={submit} noValidate {...(id && { id })}>
      <FormErrors value={errors}>
        {refusal !== null && refusal !== undefined && Object.keys(own).length === 0 && (
          <Notice role="alert" color="red" icon={CircleAlert}>
            {messageOf(refusal)}
          </Notice>
        )}
        {children}
      </FormErrors>
    </form>
  );
}
