import { DateTime } from 'luxon';
import { weekOf, weeksOfMonth } from '../../meetings/calendar-weeks.js';
import type { MeetingRow } from '../../meetings/meeting-row.js';
import { dayOf, type Period, periodOf } from '../../shared/period.js';
import { addressOf, type MeetingsQuery } from './meetings-list.view.js';
import { stateBadge } from './meeting-words.view.js';
import type { Page } from '../rendering/page.js';

export type CalendarSpan = 'week' | 'month';

/** A day of the grid shows this many meetings; the rest are behind a link. */
const SHOWN = { week: 30, month: 4 };

export interface CalendarRange {
  weeks: string[][];
  period: Period;
}

/** The weeks to draw around a day, and the instants they span in `zone`; null for a day that is none. */
export function calendarRange(span: CalendarSpan, dayOn: string, zone: string): CalendarRange | null {
  if (typeof periodOf(dayOn, dayOn, zone) === 'string') return null;
  const weeks = span === 'week' ? [weekOf(dayOn)] : weeksOfMonth(dayOn);
  const period = periodOf(weeks[0]![0]!, weeks.at(-1)![6]!, zone);
  return typeof period === 'string' ? null : { weeks, period };
}

export function calendarModel(
  page: Page,
  query: MeetingsQuery,
  shown: { span: CalendarSpan; on: string; zone: string; now: Date } & CalendarRange,
  meetings: readonly MeetingRow[],
) {
  const { span, on, zone, now, weeks } = shown;
  const today = dayOf(now, zone);
  const day = DateTime.fromISO(on, { zone: 'utc' }).setLocale(page.locale);
  const step = (count: number) =>
    addressOf(query, {
      view: span,
      on: day.plus(span === 'week' ? { weeks: count } : { months: count }).toISODate()!,
    });
  return {
    isWeek: span === 'week',
    isEmpty: meetings.length === 0,
    empty: page.t(`meetings.calendar.empty.${span}`),
    heading: span === 'month' ? day.toFormat('LLLL yyyy') : weekHeading(page, weeks[0]!),
    weekdays: weeks[0]!.map((one) =>
      DateTime.fromISO(one, { zone: 'utc' }).setLocale(page.locale).toFormat('ccc'),
    ),
    previous: step(-1),
    next: step(1),
    today: addressOf(query, { view: span }),
    weeks: weeks.map((week) =>
      week.map((one) => {
        const ofDay = meetings.filter((meeting) => dayOf(meeting.startsAt, zone) === one);
        return {
          number: Number(one.slice(8)),
          label: page.format.day(one),
          isToday: one === today,
          isOutside: span === 'month' && one.slice(0, 7) !== on.slice(0, 7),
          events: ofDay.slice(0, SHOWN[span]).map((meeting) => ({
            href: `/meetings/${meeting.id}`,
            time: page.format.time(meeting.startsAt, zone),
            at: meeting.startsAt.toISOString(),
            name: eventName(meeting, span),
            ...stateBadge(page, meeting),
          })),
          more: ofDay.length - SHOWN[span],
          hasMore: ofDay.length > SHOWN[span],
          moreHref: addressOf(query, { view: 'week', on: one }),
        };
      }),
    ),
  };
}

function eventName(meeting: MeetingRow, span: CalendarSpan): string {
  if (span === 'month') return meeting.companyName ?? meeting.prospectName;
  return [meeting.prospectName, meeting.companyName].filter(Boolean).join(', ');
}

function weekHeading(page: Page, week: readonly string[]): string {
  return `${page.format.day(week[0]!)} – ${page.format.day(week[6]!)}`;
}
