import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import { type CallFilter, callFilterParams } from "@/lib/call-filter";
import { calm } from "@/lib/live";

const historyKeys = {
  page: (tenant: string, filter: CallFilter) => ["t", tenant, "history", filter] as const,
  one: (tenant: string, id: string) => ["t", tenant, "history", "one", id] as const,
};

export const historyQuery = (tenant: string, filter: CallFilter) =>
  queryOptions({
    queryKey: historyKeys.page(tenant, filter),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls/history", {
          params: { path: { tenant }, query: callFilterParams(filter) },
        }),
      ),
    ...calm,
  });

/** A finished call never changes; only its recording comes a moment later, or is deleted. */
export const callDetailsQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: historyKeys.one(tenant, id),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls/history/{id}", {
          params: { path: { tenant, id } },
        }),
      ),
    staleTime: 10_000,
  });
