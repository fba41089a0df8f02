import { z } from "zod";
import { dayEnd, dayStart, searchDay, searchText } from "@/lib/search-params";

/** Which calls, or recordings of calls, are shown; all of it stands in the URL. */
export const callFilter = z.object({
  from: searchDay,
  to: searchDay,
  number: searchText,
  cursor: searchText,
});

export type CallFilter = z.output<typeof callFilter>;

/** The days of the URL as the moments of the API: both days are meant to their ends. */
export const callFilterParams = ({ from, to, number, cursor }: CallFilter) => ({
  ...(from && { from: dayStart(from) }),
  ...(to && { to: dayEnd(to) }),
  ...(number && { number }),
  ...(cursor && { cursor }),
});
