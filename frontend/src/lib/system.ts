import { queryOptions } from "@tanstack/react-query";
import { api, take } from "./api";

export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: () => take(api.GET("/api/v1/system")),
  staleTime: 60_000,
});
