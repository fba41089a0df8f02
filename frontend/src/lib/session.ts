import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { api, take } from "./api";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => take(api.GET("/api/v1/session")),
  staleTime: 60_000,
  meta: { anonymous: true },
});

export const useSession = () => useSuspenseQuery(sessionQuery).data;

/** Viewers see everything and change nothing; the server decides, this only hides what it would refuse. */
export const useMayChange = () => useSession().role !== "viewer";
