import { callFilter } from "@/lib/call-filter";
import { searchText } from "@/lib/search-params";

/** What of the history is shown; all of it stands in the URL. */
export const historySearch = callFilter.extend({
  /** The call whose details are open. */
  call: searchText,
});
