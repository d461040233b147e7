import { DateTime } from 'luxon';
import { isBusinessDay, type WorkPlace } from './business-days.js';

/** The hours an answer may be expected in, on business days. */
export const officeHours = { opens: 9, closes: 18 } as const;

/** Farther back nobody counts the hours: a bound for the walk, in days. */
const FARTHEST = 400;

/** Business minutes from one instant to a later one, in a place; 0 when it is not later. */
export function businessMinutes(from: Date, to: Date, place: WorkPlace): number {
  let minutes = 0;
  let day = DateTime.fromJSDate(from, { zone: place.zone }).startOf('day');
  for (let walked = 0; day.toMillis() < to.getTime() && walked < FARTHEST; walked += 1) {
    if (isBusinessDay(day.toISODate()!, place.country)) {
      const opens = Math.max(day.set({ hour: officeHours.opens }).toMillis(), from.getTime());
      const closes = Math.min(day.set({ hour: officeHours.closes }).toMillis(), to.getTime());
      minutes += Math.max(0, closes - opens) / 60_000;
    }
    day = day.plus({ days: 1 });
  }
  return Math.floor(minutes);
}
