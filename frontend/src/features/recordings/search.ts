import { z } from "zod";
import { dayEnd, dayStart, searchDay, searchText } from "@/lib/search-params";

/** Which recordings are shown; all of it stands in the URL. */
export const recordingsSearch = z.object({
  from: searchDay,
  to: searchDay,
  number: searchText,
  cursor: searchText,
});

export type RecordingsFilter = z.output<typeof recordingsSearch>;

/** The days of the URL as the moments of the API: both days are meant to their ends. */
export const recordingsParams = ({ from, to, number, cursor }: RecordingsFilter) => ({
  ...(from && { from: dayStart(from) }),
  ...(to && { to: dayEnd(to) }),
  ...(number && { number }),
  ...(cursor && { cursor }),
});
