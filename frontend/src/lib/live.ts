/** How often what changes by itself is read again, in milliseconds. */
const livePeriod = 2000;
const calmPeriod = 10_000;

/**
 * Marks a query as live. Today the page asks again and again while it is visible; when the server pushes changes,
 * they invalidate the same query keys here and the period goes, and no feature notices.
 */
export const live = { refetchInterval: livePeriod, staleTime: livePeriod } as const;

/** For what changes rarely but must not grow old on a screen that nobody touches. */
export const calm = { refetchInterval: calmPeriod, staleTime: calmPeriod } as const;
