import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { api, take } from "./api";
import type { Schema } from "./schema";

export type Session = Schema<"Session">;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => take(api.GET("/api/v1/session")),
  staleTime: 60_000,
  meta: { anonymous: true },
});

export const useSession = () => useSuspenseQuery(sessionQuery).data;

/** Viewers see everything and change nothing; the server decides, this only hides what it would refuse. */
export const useMayChange = () => useSession().role !== "viewer";

const storedTenant = "teksip.tenant";

export const rememberTenant = (tenant: string) => localStorage.setItem(storedTenant, tenant);

/** The tenant to begin with: the one seen last, if it is still there. */
export function homeTenant({ tenant, tenants }: Session): string | undefined {
  const last = localStorage.getItem(storedTenant);
  return tenants.find(({ id }) => id === last)?.id ?? tenant ?? tenants[0]?.id;
}
