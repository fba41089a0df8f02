import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, take } from "@/lib/api";
import { calm } from "@/lib/live";
import type { Destination, DestinationChange, NewDestination } from "./destination";

/** More than a tenant has of them; the dial plan is one piece, which every gateway holds. */
const all = 1000;

const destinationKeys = {
  all: (tenant: string) => ["t", tenant, "destinations"] as const,
  list: (tenant: string) => [...destinationKeys.all(tenant), "list"] as const,
};

export const destinationsQuery = (tenant: string) =>
  queryOptions({
    queryKey: destinationKeys.list(tenant),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/destinations", {
          params: { path: { tenant }, query: { limit: all } },
        }),
      ),
    ...calm,
  });

export function useAddDestination(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (destination: NewDestination) =>
      take(
        api.POST("/api/v1/tenants/{tenant}/destinations", {
          params: { path: { tenant } },
          body: destination,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: destinationKeys.all(tenant) }),
    meta: { inForm: true, done: "The destination is added. Give it a route to use it." },
  });
}

export function useChangeDestination(tenant: string, { name, eTag }: Destination) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: DestinationChange) =>
      take(
        api.PUT("/api/v1/tenants/{tenant}/destinations/{name}", {
          params: { path: { tenant, name }, header: ifMatch(eTag) },
          body: { name, ...change },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: destinationKeys.all(tenant) }),
    meta: { inForm: true, done: "The destination is saved." },
  });
}

export function useRemoveDestination(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name }: Destination) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/destinations/{name}", {
          params: { path: { tenant, name } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: destinationKeys.all(tenant) }),
    meta: { done: "The destination is removed." },
  });
}
