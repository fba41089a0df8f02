import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, take } from "@/lib/api";
import { live } from "@/lib/live";
import { searchText } from "@/lib/search-params";
import type { Registration } from "./registration";

export const registrationsSearch = z.object({ prefix: searchText, cursor: searchText });

type RegistrationsPageOf = z.output<typeof registrationsSearch>;

const registrationKeys = {
  all: (tenant: string) => ["t", tenant, "registrations"] as const,
  page: (tenant: string, page: RegistrationsPageOf) =>
    [...registrationKeys.all(tenant), page] as const,
};

export const registrationsQuery = (tenant: string, { prefix, cursor }: RegistrationsPageOf) =>
  queryOptions({
    queryKey: registrationKeys.page(tenant, { prefix, cursor }),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/registrations", {
          params: {
            path: { tenant },
            query: { ...(prefix && { prefix }), ...(cursor && { cursor }) },
          },
        }),
      ),
    ...live,
  });

export function useClearRegistration(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ username, contact }: Registration) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/registrations/{username}", {
          params: { path: { tenant, username }, query: { contact } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: registrationKeys.all(tenant) }),
    meta: { done: "The registration is cleared." },
  });
}
