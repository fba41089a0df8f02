/** Who has a device now, as far as one answer of the server reaches. */
export interface Registered {
  usernames: ReadonlySet<string>;
  /** The last username that the answer reaches to; null when it reaches to the end. */
  reach: string | null;
}

interface RegistrationsPage {
  items: readonly { username: string }[];
  cursor: string | null;
}

export const registeredOf = ({ items, cursor }: RegistrationsPage): Registered => ({
  usernames: new Set(items.map(({ username }) => username)),
  reach: cursor === null ? null : (items.at(-1)?.username ?? ""),
});

/** Undefined when it is not known: the list is ordered by username and cut where it grows too long. */
export function isRegistered(
  registered: Registered | undefined,
  username: string,
): boolean | undefined {
  if (!registered) return undefined;
  if (registered.usernames.has(username)) return true;
  return registered.reach === null || username < registered.reach ? false : undefined;
}
