import { queryOptions } from "@tanstack/react-query";
import { api, take } from "./api";

/** The tenant whose pages are shown. */
export const tenantQuery = (tenant: string) =>
  queryOptions({
    queryKey: ["t", tenant],
    queryFn: () => take(api.GET("/api/v1/tenants/{tenant}", { params: { path: { tenant } } })),
    staleTime: 60_000,
  });
