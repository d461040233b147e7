import type { Page, Refused } from '../rendering/page.js';
import { type Period, dayOf, monthOf, quarterOf } from '../../shared/period.js';
import { type ReportAddress, reportHref } from './report-links.js';

interface Days {
  from: string;
  to: string;
}

/** What a report shows when nobody chose days: all since the engagement began, else the last 90 days. */
export function usualDays(now: Date, zone: string, startsOn: string | null): Days {
  const to = dayOf(now, zone);
  return startsOn !== null && startsOn <= to ? { from: startsOn, to } : days90(now, zone);
}

/** The period picker: ready choices, and two days of one's own. */
export function periodPicker(
  page: Page,
  address: ReportAddress,
  about: { now: Date; zone: string; startsOn: string | null; refused: Refused },
): object {
  const { now, zone, startsOn, refused } = about;
  const choices: [string, Days][] = [
    ['month', daysOf(monthOf(now, zone))],
    ['lastMonth', daysOf(monthOf(now, zone, -1))],
    ['quarter', daysOf(quarterOf(now, zone))],
    ['lastQuarter', daysOf(quarterOf(now, zone, -1))],
    ['days90', days90(now, zone)],
  ];
  const today = dayOf(now, zone);
  if (startsOn !== null && startsOn <= today) choices.unshift(['engagement', { from: startsOn, to: today }]);
  return {
    choices: choices.map(([name, days]) => ({
      label: page.t(`report.preset.${name}`),
      href: reportHref({ ...address, ...days }),
      isCurrent: days.from === address.from && days.to === address.to,
    })),
    action: `/clients/${address.clientId}/report`,
    view: address.view,
    by: address.by,
    from: refused.values['from'] ?? address.from,
    to: refused.values['to'] ?? address.to,
    errors: refused.errors,
    problems: (['from', 'to'] as const).flatMap((day) => {
      const error = refused.errors[day];
      if (error === undefined) return [];
      return { id: `${day}-error`, text: page.format.pair(page.t(`report.period.${day}`), error) };
    }),
    problem: refused.problem,
    zone: page.t('report.period.zone', { zone }),
  };
}

function days90(now: Date, zone: string): Days {
  const DAY = 86_400_000;
  return { from: dayOf(new Date(now.getTime() - 89 * DAY), zone), to: dayOf(now, zone) };
}

function daysOf(period: Period): Days {
  return { from: period.fromOn, to: period.toOn };
}
