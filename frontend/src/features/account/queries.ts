import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import { sessionQuery } from "@/lib/session";
import type { PasswordChange, SignIn } from "./account";

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignIn) => take(api.POST("/api/v1/session", { body })),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
    meta: { anonymous: true, inForm: true },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.DELETE("/api/v1/session")),
    onSuccess: () => client.clear(),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: ({ oldPassword, newPassword }: PasswordChange) =>
      take(api.PUT("/api/v1/session/password", { body: { oldPassword, newPassword } })),
    meta: { inForm: true, done: "Your password is changed. Other browsers are signed out." },
  });
}
