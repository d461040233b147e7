import type { BookingGround } from '../../meetings/booking.queries.js';
import { doubtsAbout } from '../../meetings/time-doubts.js';
import { countryName } from '../country-name.js';
import type { Page } from '../rendering/page.js';
import { zoneLabel } from './meeting-words.view.js';

/** A doubtful time, with the words of the question. */
export interface DoubtfulTime {
  isPast: boolean;
  title: string;
  /** What the answer "yes, at this time" sends back. */
  key: string;
  lines: string[];
  confirmText: string;
}

type Guest = Pick<BookingGround, 'prospectName' | 'guestZone' | 'guestCountry'>;

/** Null when nothing is to be asked about a time: it is usual, or it was asked about and is meant. */
export function doubtfulTime(
  page: Page,
  guest: Guest,
  { startsAt, confirmed }: { startsAt: string; confirmed: string | undefined },
  now: Date,
): DoubtfulTime | null {
  const at = new Date(startsAt);
  const doubts = doubtsAbout(at, now, { zone: guest.guestZone, country: guest.guestCountry });
  if (doubts.length === 0 || confirmed === startsAt) return null;
  const words = {
    name: guest.prospectName,
    when: page.format.moment(at, guest.guestZone),
    zone: zoneLabel(page, at, guest.guestZone),
    country: countryName(page.locale, guest.guestCountry),
  };
  const isPast = doubts.includes('past');
  return {
    isPast,
    title: page.t(isPast ? 'meetings.doubts.pastTitle' : 'meetings.doubts.title'),
    key: startsAt,
    lines: doubts.map((doubt) => page.t(`meetings.doubts.${doubt}`, words)),
    confirmText: page.t(isPast ? 'meetings.doubts.record' : 'meetings.doubts.confirm'),
  };
}
