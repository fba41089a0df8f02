import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, take } from "@/lib/api";
import { calm } from "@/lib/live";
import { searchText } from "@/lib/search-params";
import { sessionQuery } from "@/lib/session";
import type { NewTenant, Tenant, TenantChange } from "./tenant";

export const tenantsSearch = z.object({ cursor: searchText });

const tenantKeys = {
  all: ["tenants"] as const,
  page: (cursor: string | undefined) => [...tenantKeys.all, { cursor }] as const,
};

export const tenantsQuery = ({ cursor }: z.output<typeof tenantsSearch>) =>
  queryOptions({
    queryKey: tenantKeys.page(cursor),
    queryFn: () =>
      take(api.GET("/api/v1/tenants", { params: { query: { ...(cursor && { cursor }) } } })),
    ...calm,
  });

/** The session names the tenants that can be switched to. */
function useTenantsChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: tenantKeys.all }),
      client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    ]);
}

export function useAddTenant() {
  return useMutation({
    mutationFn: (body: NewTenant) => take(api.POST("/api/v1/tenants", { body })),
    onSuccess: useTenantsChanged(),
    meta: { inForm: true, done: "The tenant is made." },
  });
}

export function useChangeTenant(tenant: string) {
  return useMutation({
    mutationFn: (body: TenantChange) =>
      take(api.PATCH("/api/v1/tenants/{tenant}", { params: { path: { tenant } }, body })),
    onSuccess: useTenantsChanged(),
    meta: { inForm: true, done: "The tenant is saved." },
  });
}

export function useRemoveTenant() {
  return useMutation({
    mutationFn: ({ id }: Tenant) =>
      take(api.DELETE("/api/v1/tenants/{tenant}", { params: { path: { tenant: id } } })),
    onSettled: useTenantsChanged(),
    meta: { done: "The tenant is removed." },
  });
}
