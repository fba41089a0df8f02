import { z } from "zod";
import { dayEnd, dayStart, searchDay, searchText } from "@/lib/search-params";

/** What of the history is shown; all of it stands in the URL. */
export const historySearch = z.object({
  from: searchDay,
  to: searchDay,
  number: searchText,
  cursor: searchText,
  /** The call whose details are open. */
  call: searchText,
});

export type HistoryFilter = Omit<z.output<typeof historySearch>, "call">;

/** The days of the URL as the moments of the API: both days are meant to their ends. */
export const historyQueryParams = ({ from, to, number, cursor }: HistoryFilter) => ({
  ...(from && { from: dayStart(from) }),
  ...(to && { to: dayEnd(to) }),
  ...(number && { number }),
  ...(cursor && { cursor }),
});
