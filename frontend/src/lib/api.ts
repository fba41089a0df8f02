import createClient from "openapi-fetch";
import type { paths } from "./api.gen";
import { networkError, toApiError } from "./api-error";

// A page of another origin cannot set this header without asking first: the server demands it beside the cookie.
const requestedWith = { "X-Requested-With": "console" };

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  headers: requestedWith,
  fetch: async (request) => {
    try {
      return await fetch(request);
    } catch {
      throw networkError();
    }
  },
});

interface Answer<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

/** The answer's value, or an ApiError thrown. */
export async function take<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw toApiError(response, error);
  return data as T;
}

/** The answer's value with the version that a change of it must name. */
export async function takeTagged<T>(
  answer: Promise<Answer<T>>,
): Promise<{ value: T; eTag: string }> {
  const { response } = await answer;
  return { value: await take(answer), eTag: response.headers.get("ETag") ?? "" };
}

/** The header that refuses a change of something that changed meanwhile. */
export const ifMatch = (eTag: string) => (eTag === "" ? {} : { "If-Match": eTag });
