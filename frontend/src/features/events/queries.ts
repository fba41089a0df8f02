import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, take } from "@/lib/api";
import { eventTypes } from "@/lib/event";
import { live } from "@/lib/live";
import { searchText, searchWord } from "@/lib/search-params";

export const eventsSearch = z.object({ type: searchWord(eventTypes), cursor: searchText });

/** So many that the filter by type, which works on what is loaded, has something to work on. */
const pageSize = 200;

const eventKeys = {
  all: (tenant: string) => ["t", tenant, "events"] as const,
  page: (tenant: string, cursor: string | undefined) =>
    [...eventKeys.all(tenant), { cursor }] as const,
};

export const eventsQuery = (tenant: string, cursor: string | undefined) =>
  queryOptions({
    queryKey: eventKeys.page(tenant, cursor),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/events", {
          params: { path: { tenant }, query: { limit: pageSize, ...(cursor && { cursor }) } },
        }),
      ),
    ...live,
  });

export function useClearEvents(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      take(api.DELETE("/api/v1/tenants/{tenant}/events", { params: { path: { tenant } } })),
    onSettled: () => client.invalidateQueries({ queryKey: eventKeys.all(tenant) }),
    meta: { done: "The event log is cleared." },
  });
}
