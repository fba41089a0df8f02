import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api, ifMatch, take, takeTagged } from "@/lib/api";
import type { apiKeySchema, TenantSettings } from "./settings";

const settingsKeys = {
  settings: (tenant: string) => ["t", tenant, "settings"] as const,
  keys: (tenant: string) => ["t", tenant, "api-keys"] as const,
};

export const settingsQuery = (tenant: string) =>
  queryOptions({
    queryKey: settingsKeys.settings(tenant),
    queryFn: () =>
      takeTagged(api.GET("/api/v1/tenants/{tenant}/settings", { params: { path: { tenant } } })),
    // Nothing may change under somebody who fills in the form; the version tells when it did.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** Where voice mail can be. */
export const voiceMailTargetsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant, "destinations", "voice-mail"],
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/destinations", {
          params: { path: { tenant }, query: { limit: 1000 } },
        }),
      ),
    select: (page) => page.items.map(({ name }) => name),
  });

export function useSaveSettings(tenant: string, eTag: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TenantSettings) =>
      takeTagged(
        api.PUT("/api/v1/tenants/{tenant}/settings", {
          params: { path: { tenant }, header: ifMatch(eTag) },
          body,
        }),
      ),
    onSuccess: (saved) => client.setQueryData(settingsQuery(tenant).queryKey, saved),
    meta: { inForm: true, done: "The settings are saved. The next request follows them." },
  });
}

export function useSetApiPassword(tenant: string, done: string) {
  return useMutation({
    mutationFn: (password: string | null) =>
      take(
        api.PUT("/api/v1/tenants/{tenant}/api-password", {
          params: { path: { tenant } },
          body: { password },
        }),
      ),
    meta: { inForm: true, done },
  });
}

export const apiKeysQuery = (tenant: string) =>
  queryOptions({
    queryKey: settingsKeys.keys(tenant),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/api-keys", {
          params: { path: { tenant }, query: { limit: 1000 } },
        }),
      ),
  });

export function useAddApiKey(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.output<typeof apiKeySchema>) =>
      take(api.POST("/api/v1/tenants/{tenant}/api-keys", { params: { path: { tenant } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: settingsKeys.keys(tenant) }),
    meta: { inForm: true },
  });
}

export function useRevokeApiKey(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/api-keys/{id}", { params: { path: { tenant, id } } }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: settingsKeys.keys(tenant) }),
    meta: { done: "The key is revoked." },
  });
}
