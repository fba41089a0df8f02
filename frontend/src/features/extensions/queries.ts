import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, ifMatch, take } from "@/lib/api";
import { calm } from "@/lib/live";
import { searchText } from "@/lib/search-params";
import type { Extension, ExtensionChange, NewExtension } from "./extension";
import { registeredOf } from "./registered";

export const extensionsSearch = z.object({ prefix: searchText, cursor: searchText });

interface ExtensionsPageOf {
  prefix?: string | undefined;
  cursor?: string | undefined;
}

const mostRegistrations = 1000;

const extensionKeys = {
  all: (tenant: string) => ["t", tenant, "extensions"] as const,
  page: (tenant: string, page: ExtensionsPageOf) => [...extensionKeys.all(tenant), page] as const,
};

export const extensionsQuery = (tenant: string, { prefix, cursor }: ExtensionsPageOf) =>
  queryOptions({
    queryKey: extensionKeys.page(tenant, { prefix, cursor }),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/extensions", {
          params: {
            path: { tenant },
            query: { ...(prefix && { prefix }), ...(cursor && { cursor }) },
          },
        }),
      ),
    ...calm,
  });

/** Which extensions have a device now. */
export const registeredQuery = (tenant: string, prefix: string | undefined) =>
  queryOptions({
    queryKey: ["t", tenant, "registrations", "usernames", prefix],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/registrations", {
          params: {
            path: { tenant },
            query: { limit: mostRegistrations, ...(prefix && { prefix }) },
          },
        }),
      ),
    select: registeredOf,
    ...calm,
  });

/** The destinations an extension can be bound to. */
export const destinationNamesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant, "destinations", "names"],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/destinations", {
          params: { path: { tenant }, query: { limit: 1000 } },
        }),
      ),
    select: (page) => page.items.map(({ name }) => name),
  });

export function useAddExtension(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExtension) =>
      take(api.POST("/api/v1/tenants/{tenant}/extensions", { params: { path: { tenant } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: extensionKeys.all(tenant) }),
    meta: { inForm: true, done: "The extension is added. Its phone can register now." },
  });
}

export function useChangeExtension(tenant: string, { username, eTag }: Extension) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ExtensionChange) =>
      take(
        api.PUT("/api/v1/tenants/{tenant}/extensions/{username}", {
          params: { path: { tenant, username }, header: ifMatch(eTag) },
          body: { username, ...change },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: extensionKeys.all(tenant) }),
    meta: { inForm: true, done: "The extension is saved." },
  });
}

export function useRemoveExtension(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ username }: Extension) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/extensions/{username}", {
          params: { path: { tenant, username } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: extensionKeys.all(tenant) }),
    meta: { done: "The extension is removed." },
  });
}
