import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import { type CallFilter, callFilterParams } from "@/lib/call-filter";
import { calm } from "@/lib/live";

const recordingKeys = {
  all: (tenant: string) => ["t", tenant, "recordings"] as const,
  page: (tenant: string, filter: CallFilter) => [...recordingKeys.all(tenant), filter] as const,
};

export const recordingsQuery = (tenant: string, filter: CallFilter) =>
  queryOptions({
    queryKey: recordingKeys.page(tenant, filter),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/recordings", {
          params: { path: { tenant }, query: callFilterParams(filter) },
        }),
      ),
    ...calm,
  });

export function useDeleteRecording(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/recordings/{id}", {
          params: { path: { tenant, id } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: recordingKeys.all(tenant) }),
    meta: { done: "The recording is deleted." },
  });
}
