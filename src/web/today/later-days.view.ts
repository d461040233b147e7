import { DateTime } from 'luxon';
import type { Page } from '../rendering/page.js';

const OFFSETS = {
  tomorrow: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
};

/** Days to call back on, never a weekend; tomorrow is tomorrow where calls are made, `zone`. */
export function laterDays(page: Page, now: Date, zone: string): { value: string; text: string }[] {
  return Object.entries(OFFSETS).map(([key, offset]) => {
    const day = DateTime.fromJSDate(now, { zone }).plus(offset);
    const working = day.weekday > 5 ? day.plus({ days: 8 - day.weekday }) : day;
    const value = working.toISODate()!;
    // On a Friday Monday is not tomorrow.
    const name = key === 'tomorrow' && working > day ? 'nextWorkday' : key;
    return { value, text: `${page.t(`today.later.${name}`)} · ${page.format.day(value)}` };
  });
}
