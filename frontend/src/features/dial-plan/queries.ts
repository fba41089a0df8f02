import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, take } from "@/lib/api";
import { calm } from "@/lib/live";
import type { Route, RouteChange } from "./route";

const all = 1000;

const routeKeys = { all: (tenant: string) => ["t", tenant, "routes"] as const };

export const routesQuery = (tenant: string) =>
  queryOptions({
    queryKey: routeKeys.all(tenant),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/routes", {
          params: { path: { tenant }, query: { limit: all } },
        }),
      ),
    ...calm,
  });

/** Where a route can lead. */
export const targetsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant, "destinations", "targets"],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/destinations", {
          params: { path: { tenant }, query: { limit: all } },
        }),
      ),
    select: (page) => page.items.map(({ name }) => name),
  });

/** Adds a route, or changes the one given. */
export function useSaveRoute(tenant: string, route: Route | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: RouteChange) => {
      const path = { tenant };
      await (route
        ? take(
            api.PUT("/api/v1/tenants/{tenant}/routes/{id}", {
              params: { path: { ...path, id: route.id }, header: ifMatch(route.eTag) },
              body,
            }),
          )
        : take(api.POST("/api/v1/tenants/{tenant}/routes", { params: { path }, body })));
    },
    onSettled: () => client.invalidateQueries({ queryKey: routeKeys.all(tenant) }),
    meta: { inForm: true, done: "The route is saved. The next call follows it." },
  });
}

export function useRemoveRoute(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Route) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/routes/{id}", { params: { path: { tenant, id } } }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: routeKeys.all(tenant) }),
    meta: { done: "The route is removed." },
  });
}
