import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api, take } from "@/lib/api";
import { live } from "@/lib/live";
import { searchText } from "@/lib/search-params";

export const systemSearch = z.object({ cursor: searchText });

export const systemEventsQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ["system", "events", { cursor }],
    queryFn: () =>
      take(
        api.GET("/api/v1/system/events", {
          params: { query: { limit: 100, ...(cursor && { cursor }) } },
        }),
      ),
    ...live,
  });
