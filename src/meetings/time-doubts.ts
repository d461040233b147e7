import { DateTime } from 'luxon';
import { isBusinessDay, type WorkPlace } from '../shared/business-days.js';
import { dayOf } from '../shared/period.js';
import { correctionDays } from './meeting-moves.js';

/** A warm transfer on the phone is written down after it began: that is no meeting of the past. */
const lateMinutes = 60;

/** Outside these hours of the guest few meetings are meant. */
const usualHours = { from: 8, to: 19 } as const;

/** What makes a time doubtful, so that a person is asked before it is kept; none of them forbids it. */
export type TimeDoubt = 'past' | 'hours' | 'weekend' | 'holiday';

/** `guest`: the guest's own clock and public holidays. A time that has passed is what it was: only that is asked,
 * and nothing of one that is refused. */
export function doubtsAbout(startsAt: Date, now: Date, guest: WorkPlace): TimeDoubt[] {
  if (hasPassed(startsAt, now)) return isTooLongAgo(startsAt, now) ? [] : ['past'];
  const { hour, weekday } = DateTime.fromJSDate(startsAt, { zone: guest.zone });
  const doubts: TimeDoubt[] = [];
  if (hour < usualHours.from || hour >= usualHours.to) doubts.push('hours');
  if (weekday > 5) doubts.push('weekend');
  else if (!isBusinessDay(dayOf(startsAt, guest.zone), guest.country)) doubts.push('holiday');
  return doubts;
}

/** The doubt in words for a program's log, on the guest's own clock. */
export function doubtText(doubt: TimeDoubt, startsAt: Date, guest: WorkPlace): string {
  const when = DateTime.fromJSDate(startsAt, { zone: guest.zone }).toFormat('yyyy-MM-dd HH:mm');
  const { from, to } = usualHours;
  const reasons: Record<TimeDoubt, string> = {
    past: 'it has passed',
    hours: `outside usual hours (${from}:00 to ${to}:00)`,
    weekend: 'at the weekend',
    holiday: `on a public holiday there (${guest.country})`,
  };
  return `For the guest this is ${when} (${guest.zone}): ${reasons[doubt]}.`;
}

export function hasPassed(startsAt: Date, now: Date): boolean {
  return startsAt.getTime() < now.getTime() - lateMinutes * 60_000;
}

/** What happened longer ago than an outcome may be corrected is written down no more: its month is closed. */
export function isTooLongAgo(startsAt: Date, now: Date): boolean {
  return startsAt.getTime() < now.getTime() - correctionDays * 86_400_000;
}
