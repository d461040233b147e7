import { DateTime } from 'luxon';
import { addBusinessDays, type WorkPlace } from '../../shared/business-days.js';
import { seededNumber } from '../../shared/seeded-number.js';
import { jitterOf, nextOpening } from '../engine/send-window.js';

/** Business days somebody who did not say when is left alone. */
const UNSTATED = 5;

/**
 * When to go on with somebody who is away: one to three business days after the day they are back, at the opening and a
 * bit. `backOn`: `YYYY-MM-DD`; null, or a day gone by, when the note does not say. The same for the same key.
 */
export function resumeAt(backOn: string | null, now: Date, place: WorkPlace, key: string): Date {
  const today = DateTime.fromJSDate(now, { zone: place.zone }).toISODate()!;
  const isStated = backOn !== null && backOn >= today;
  const days = isStated ? 1 + Math.floor(seededNumber(key) * 3) : UNSTATED;
  const from = isStated ? backOn : today;
  const day = addBusinessDays(from, days, place.country);
  const opening = nextOpening(DateTime.fromISO(day, { zone: place.zone }).toJSDate(), place);
  return new Date(opening.getTime() + jitterOf(key));
}
