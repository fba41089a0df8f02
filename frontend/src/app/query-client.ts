import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { toast } from "@/components/toast";
import { ApiError } from "@/lib/api-error";

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: {
      /** Asked before anybody is signed in: a 401 is an answer, not the end of a session. */
      anonymous?: boolean;
    };
    mutationMeta: {
      anonymous?: boolean;
      /** Said when it is done. */
      done?: string;
      /** A form on the page shows the refusal itself. */
      inForm?: boolean;
    };
  }
}

const passingRetries = 2;

const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

/** The one place that notices the end of a session and that speaks of outcomes. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isSignedOut(error) && !query.meta?.anonymous) onSignedOut();
      },
    }),
    mutationCache: new MutationCache({
      onSuccess: (_data, _variables, _result, mutation) => {
        if (mutation.meta?.done) toast.done(mutation.meta.done);
      },
      onError: (error, _variables, _result, mutation) => {
        if (isSignedOut(error) && !mutation.meta?.anonymous) onSignedOut();
        else if (!mutation.meta?.inForm) toast.failed(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5000,
        retry: (failures, error) =>
          error instanceof ApiError && error.isPassing && failures < passingRetries,
      },
    },
  });
}
