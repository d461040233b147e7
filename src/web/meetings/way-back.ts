/** The queues a meeting is booked from. */
const QUEUES = new Map([
  ['today', '/today'],
  ['today-team', '/today?of=team'],
]);

/** The queue somebody came from: the word addresses and forms carry, and where it leads. */
export interface WayBack {
  from: string;
  href: string;
  /** Put behind an address, it keeps the way back on the next page. */
  query: string;
}

/** Only a word known here leads back, so that no address from outside is ever followed; null for any other. */
export function wayBackTo(from: unknown): WayBack | null {
  const href = typeof from === 'string' ? QUEUES.get(from) : undefined;
  return href === undefined ? null : { from: from as string, href, query: `?from=${from as string}` };
}
