import { periodOf } from '../../shared/period.js';
import type { Fact } from './fact.js';
import { textOf } from './fact.js';

/** From when on facts belong to an engagement. */
export interface EngagementWindow {
  engagementId: string;
  startsAt: Date;
}

/**
 * The engagements of a client as consecutive windows, oldest first: each lasts until the next one starts, so that the
 * list prepared before the first day and the answers that come in after the last one are not lost.
 */
export function windowsOf(
  engagements: readonly { id: string; startsOn: string }[],
  zone: string,
): EngagementWindow[] {
  return engagements
    .map(({ id, startsOn }) => ({ engagementId: id, startsAt: startOf(startsOn, zone) }))
    .sort((first, second) => first.startsAt.getTime() - second.startsAt.getTime());
}

/** The engagement an instant belongs to; empty text when the client has none. */
export function engagementAt(windows: readonly EngagementWindow[], at: Date): string {
  const window = windows.findLast(({ startsAt }) => startsAt <= at) ?? windows[0];
  return window?.engagementId ?? '';
}

/** Facts by engagement. All that concerns a meeting goes with its booking, whenever it takes place. */
export function byEngagement<T extends Fact>(
  facts: readonly T[],
  windows: readonly EngagementWindow[],
): Map<string, T[]> {
  const bookings = new Map<string | null, string>();
  for (const fact of facts) {
    if (fact.kind === 'meeting.booked')
      bookings.set(textOf(fact, 'meetingId'), engagementAt(windows, fact.at));
  }
  const parts = new Map<string, T[]>();
  for (const fact of facts) {
    const booking = fact.kind.startsWith('meeting.') ? bookings.get(textOf(fact, 'meetingId')) : undefined;
    const engagement = booking ?? engagementAt(windows, fact.at);
    const part = parts.get(engagement);
    if (part) part.push(fact);
    else parts.set(engagement, [fact]);
  }
  return parts;
}

function startOf(day: string, zone: string): Date {
  const period = periodOf(day, day, zone);
  if (typeof period === 'string') throw new RangeError(`An engagement starts on no day: ${day}`);
  return period.startsAt;
}
