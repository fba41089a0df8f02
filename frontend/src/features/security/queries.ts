import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import { calm, live } from "@/lib/live";
import type { IpFilter } from "./security";

const all = 1000;

const securityKeys = {
  filters: (tenant: string) => ["t", tenant, "ip-filters"] as const,
  quarantine: (tenant: string) => ["t", tenant, "quarantine"] as const,
};

export const filtersQuery = (tenant: string) =>
  queryOptions({
    queryKey: securityKeys.filters(tenant),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/ip-filters", {
          params: { path: { tenant }, query: { limit: all } },
        }),
      ),
    ...calm,
  });

export const quarantineQuery = (tenant: string) =>
  queryOptions({
    queryKey: securityKeys.quarantine(tenant),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/quarantine", {
          params: { path: { tenant }, query: { limit: all } },
        }),
      ),
    ...live,
  });

export function useAddFilter(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: IpFilter) =>
      take(api.POST("/api/v1/tenants/{tenant}/ip-filters", { params: { path: { tenant } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: securityKeys.filters(tenant) }),
    meta: { inForm: true, done: "The filter is added." },
  });
}

export function useRemoveFilter(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (address: string) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/ip-filters/{address}", {
          params: { path: { tenant, address } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: securityKeys.filters(tenant) }),
    meta: { done: "The filter is removed." },
  });
}

export function useRelease(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (address: string) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/quarantine/{address}", {
          params: { path: { tenant, address } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: securityKeys.quarantine(tenant) }),
    meta: { done: "The address is released." },
  });
}

export function useReleaseAll(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      take(api.DELETE("/api/v1/tenants/{tenant}/quarantine", { params: { path: { tenant } } })),
    onSettled: () => client.invalidateQueries({ queryKey: securityKeys.quarantine(tenant) }),
    meta: { done: "Every address is released." },
  });
}
