import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import { systemQuery } from "@/lib/system";

function useSystemChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: systemQuery.queryKey });
}

export function useDrain(node: string) {
  return useMutation({
    mutationFn: (withinSeconds: number | null) =>
      take(
        api.POST("/api/v1/system/nodes/{node}/drain", {
          params: { path: { node } },
          body: { withinSeconds },
        }),
      ),
    onSuccess: useSystemChanged(),
    meta: { inForm: true, done: "The node takes no new calls." },
  });
}

export function useTakeBackDrain() {
  return useMutation({
    mutationFn: (node: string) =>
      take(api.DELETE("/api/v1/system/nodes/{node}/drain", { params: { path: { node } } })),
    onSettled: useSystemChanged(),
    meta: { done: "The node takes calls again." },
  });
}
