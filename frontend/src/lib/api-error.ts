import { z } from "zod";

/** RFC 9457, with the server's list of refused fields. */
const problemSchema = z.object({
  title: z.string().nullish(),
  detail: z.string().nullish(),
  errors: z.record(z.string(), z.array(z.string())).nullish(),
});

type FieldErrors = Record<string, string>;

/** A call to the server that did not do what was asked; `status` 0 means that there was no answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: FieldErrors;
  /** Seconds the server asks to wait; 0 when it did not say. */
  readonly retryAfter: number;

  constructor(status: number, message: string, fields: FieldErrors = {}, retryAfter = 0) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }

  /** Whether the same call may well succeed a moment later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

const fallbacks: Record<number, string> = {
  401: "You are not signed in.",
  403: "Your account may not do this.",
  404: "This does not exist (any more).",
  409: "Something with this name exists already.",
  412: "Somebody else changed this meanwhile. Open it again and repeat your change.",
  413: "That is too much data.",
  429: "Too many attempts. Wait a little and try again.",
  502: "The server cannot be reached.",
  503: "The server is not ready to answer this. Try again in a moment.",
  504: "The server took too long to answer.",
};

export function toApiError(response: Response, body: unknown): ApiError {
  const problem = problemSchema.safeParse(body).data;
  const message =
    problem?.detail || fallbacks[response.status] || problem?.title || `HTTP ${response.status}`;
  const wait = Number(response.headers.get("Retry-After") ?? 0);
  return new ApiError(
    response.status,
    message,
    joinFieldErrors(problem?.errors ?? {}),
    Number.isFinite(wait) ? wait : 0,
  );
}

export function networkError(): ApiError {
  return new ApiError(0, "The server cannot be reached. Check the connection and try again.");
}

/** A person's sentence for whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return "Something went wrong in the console. Reload the page and try again.";
}

function joinFieldErrors(errors: Record<string, string[]>): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([name, texts]) => [name, texts.join(" ")]));
}
