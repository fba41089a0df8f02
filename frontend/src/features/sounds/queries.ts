import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, take } from "@/lib/api";
import { calm } from "@/lib/live";
import { upload } from "@/lib/upload";
import { type SoundKind, soundUpload } from "./sounds";

const soundKeys = { all: (tenant: string) => ["t", tenant, "sounds"] as const };

export const soundsQuery = (tenant: string) =>
  queryOptions({
    queryKey: soundKeys.all(tenant),
    queryFn: () =>
      take(api.GET("/api/v1/tenants/{tenant}/sounds", { params: { path: { tenant } } })),
    select: (list) => list.items,
    ...calm,
  });

/** What changes with a sound: the list, and the version of the tenant that its settings are saved by. */
function useReadAgain(tenant: string) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: soundKeys.all(tenant) }),
      client.invalidateQueries({ queryKey: ["t", tenant, "settings"] }),
    ]);
}

export function useUploadSound(tenant: string, kind: SoundKind) {
  const [share, setShare] = useState(0);
  const mutation = useMutation({
    mutationFn: (file: File) => upload(soundUpload(tenant, kind, file.name), file, setShare),
    onMutate: () => setShare(0),
    onSettled: useReadAgain(tenant),
    meta: { inForm: true, done: "The sound is uploaded. The next call that needs it has it." },
  });
  return { ...mutation, share };
}

export function useDeleteSound(tenant: string, kind: SoundKind) {
  return useMutation({
    mutationFn: () =>
      take(
        api.DELETE("/api/v1/tenants/{tenant}/sounds/{kind}", {
          params: { path: { tenant, kind } },
        }),
      ),
    onSettled: useReadAgain(tenant),
    meta: { done: "The sound is deleted. The default is heard again." },
  });
}
