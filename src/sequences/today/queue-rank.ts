/** The groups of the day's queue, in the order they are worked; `today` comes later today, and is only shown. */
export const queueGroups = ['reply', 'callback', 'colleague', 'task', 'new', 'today'] as const;
export type QueueGroup = (typeof queueGroups)[number];

/** Rows read of each group: more than anybody does before the page is read again. */
export const queueLimit = 60;

/** Counting stops here: a longer group shows as “1,000+”. */
export const mostCounted = 1000;

export interface Ranked {
  group: QueueGroup;
  prospectId: string;
  at: Date;
  until: string | null;
  /** A callback's moment, when an hour was agreed. */
  callbackAt?: Date | null;
  score: number | null;
  /** An answer that is, or seems to be, interested. */
  isHot?: boolean;
}

/**
 * The order of the day. Interested answers come first, then the others, the one that waits longest before the rest; then
 * callbacks, those with an hour before those of any time of their day; then companies whose people wait since a colleague
 * answered, for one word sets several on their way; then steps by the moment they fell due, then new
 * people by fit. A person stands in the queue once, under the strongest reason.
 */
export function rankQueue<T extends Ranked>(items: readonly T[]): T[] {
  const inOrder = [...items].sort(
    (one, other) =>
      queueGroups.indexOf(one.group) - queueGroups.indexOf(other.group) || withinGroup(one, other),
  );
  const seen = new Set<string>();
  return inOrder.filter(({ prospectId }) => !seen.has(prospectId) && seen.add(prospectId));
}

function withinGroup(one: Ranked, other: Ranked): number {
  if (one.group === 'callback')
    return compare(one.until ?? '', other.until ?? '') || byHour(one, other) || byId(one, other);
  if (one.group === 'new') return (other.score ?? -1) - (one.score ?? -1) || byId(one, other);
  const heat = one.group === 'reply' ? Number(other.isHot ?? false) - Number(one.isHot ?? false) : 0;
  return heat || one.at.getTime() - other.at.getTime() || byId(one, other);
}

const byHour = (one: Ranked, other: Ranked): number => hourOf(one) - hourOf(other) || 0;
const hourOf = ({ callbackAt }: Ranked): number => callbackAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
const byId = (one: Ranked, other: Ranked): number => compare(one.prospectId, other.prospectId);
