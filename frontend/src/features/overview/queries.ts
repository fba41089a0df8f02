import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, take } from "@/lib/api";
import { calm, live } from "@/lib/live";
import { searchWord } from "@/lib/search-params";
import { type Range, rangeHours, ranges } from "./call-chart";

export const overviewSearch = z.object({ range: searchWord(ranges) });

const few = 6;

export const countersQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant, "counters"],
    queryFn: () =>
      take(api.GET("/api/v1/tenants/{tenant}/counters", { params: { path: { tenant } } })),
    ...live,
  });

export function useClearCounters(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      take(api.DELETE("/api/v1/tenants/{tenant}/counters", { params: { path: { tenant } } })),
    onSettled: () => client.invalidateQueries({ queryKey: countersQuery(tenant).queryKey }),
    meta: { done: "The counters start at zero." },
  });
}

export const chartQuery = (tenant: string, range: Range) =>
  queryOptions({
    queryKey: ["t", tenant, "chart", range],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls/chart", {
          params: { path: { tenant }, query: { hours: rangeHours[range] } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    staleTime: 30_000,
  });

export const presentCallsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant, "calls", "present"],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls", {
          params: { path: { tenant }, query: { limit: few } },
        }),
      ),
    ...live,
  });

export const recentCallsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant, "history", "recent"],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/calls/history", {
          params: { path: { tenant }, query: { limit: few } },
        }),
      ),
    ...live,
  });

export const recentEventsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant, "events", "recent"],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/events", {
          params: { path: { tenant }, query: { limit: few } },
        }),
      ),
    ...calm,
  });
