import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import type { Call } from "@/lib/call";
import { calm, live } from "@/lib/live";

const mostCalls = 1000;

const callKeys = {
  all: (tenant: string) => ["t", tenant, "calls"] as const,
};

export const callsQuery = (tenant: string) =>
  queryOptions({
    queryKey: callKeys.all(tenant),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls", {
          params: { path: { tenant }, query: { limit: mostCalls } },
        }),
      ),
    ...live,
  });

/** Asked of the call's node each time, so it is never old. */
export const callProgressQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: ["t", tenant, "progress", id],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls/{id}/progress", {
          params: { path: { tenant, id } },
        }),
      ),
    ...live,
  });

/** What a call's node still remembers; a call that goes on gets more. */
export const callTraceQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: ["t", tenant, "trace", id],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls/{id}/trace", {
          params: { path: { tenant, id } },
        }),
      ),
    ...calm,
  });

export function useHangUp(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Call) =>
      take(api.DELETE("/api/v1/tenants/{tenant}/calls/{id}", { params: { path: { tenant, id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: callKeys.all(tenant) }),
    meta: { done: "The call is hung up." },
  });
}
