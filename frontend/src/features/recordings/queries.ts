import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import { calm } from "@/lib/live";
import { type RecordingsFilter, recordingsParams } from "./search";

const recordingKeys = {
  all: (tenant: string) => ["t", tenant, "recordings"] as const,
  page: (tenant: string, filter: RecordingsFilter) =>
    [...recordingKeys.all(tenant), filter] as const,
};

export const recordingsQuery = (tenant: string, filter: RecordingsFilter) =>
  queryOptions({
    queryKey: recordingKeys.page(tenant, filter),
    queryFn: () =>
      take(
        api.GET("/api/v1/tenants/{tenant}/recordings", {
          params: { path: { tenant }, query: recordingsParams(filter) },
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
