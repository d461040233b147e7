import { type MeetingFact, type MeetingRow } from '../../meetings/meeting-row.js';
import type { QualificationState } from '../../meetings/meeting-moves.js';
import { hasPassed } from '../../meetings/time-doubts.js';
import type { Page } from '../rendering/page.js';

/** A badge: `status` picks its glyph and colour, `label` says it. */
export interface Badge {
  status: string;
  label: string;
}

/** "Paris (UTC+1)": which clock a time is read on. */
export function zoneLabel(page: Page, at: Date, zone: string): string {
  const city = zone.split('/').at(-1)!.replaceAll('_', ' ');
  return page.t('meetings.zoneNamed', { zone: city, offset: page.format.zone(at, zone) });
}

/** "Tue 3 Mar 2026, 14:30–15:00" in the client's zone. */
export function whenLabel(page: Page, meeting: Pick<MeetingRow, 'startsAt' | 'endsAt' | 'timeZone'>): string {
  const { startsAt, endsAt, timeZone } = meeting;
  return `${page.format.moment(startsAt, timeZone)}–${page.format.time(endsAt, timeZone)}`;
}

export function stateBadge(page: Page, meeting: Pick<MeetingRow, 'state' | 'isDeemedHeld'>): Badge {
  const label = meeting.isDeemedHeld
    ? page.t('meetings.deemedHeld')
    : page.t(`meetings.states.${meeting.state}`);
  return { status: meeting.state, label };
}

/** Null while there is nothing to say about the qualification. */
export function qualificationBadge(page: Page, qualification: QualificationState): Badge | null {
  if (qualification === 'none') return null;
  const status = qualification === 'lapsed' ? 'accepted_by_lapse' : qualification;
  return { status, label: page.t(`meetings.qualifications.${qualification}`) };
}

/** The name of a contest reason: an agreed criterion's own label, or one of our two. */
export function criterionLabel(page: Page, meeting: MeetingRow, key: string | null): string {
  const agreed = meeting.qualificationCriteria?.find((criterion) => criterion.key === key);
  if (agreed) return agreed.label;
  return page.t(key === 'not_held' ? 'meetings.criterion.not_held' : 'meetings.criterion.other');
}

export interface HistoryLine {
  text: string;
  quote: string | null;
  note: string | null;
  at: string;
  when: string;
}

/** One sentence a fact, oldest first. */
export function historyLines(page: Page, meeting: MeetingRow, facts: readonly MeetingFact[]): HistoryLine[] {
  return facts.map((fact) => {
    const startsAt = new Date(textIn(fact, 'startsAt') ?? meeting.startsAt);
    return {
      text: page.t(`meetings.events.${wordOf(fact, startsAt)}`, {
        by: fact.userName ?? page.t('meetings.system'),
        when: page.format.moment(startsAt, meeting.timeZone),
      }),
      quote: quoteOf(page, meeting, fact),
      note: fact.note && page.format.pair(page.t('meetings.outcome.note'), fact.note),
      at: fact.at.toISOString(),
      when: page.format.moment(fact.at, meeting.timeZone),
    };
  });
}

function wordOf(fact: MeetingFact, startsAt: Date): string {
  if (fact.event === 'booked' && hasPassed(startsAt, fact.at)) return 'recorded';
  return fact.details?.['isDeemed'] === true ? 'deemed' : fact.event;
}

function quoteOf(page: Page, meeting: MeetingRow, fact: MeetingFact): string | null {
  if (fact.event !== 'contested') return fact.reason;
  const criterion = criterionLabel(page, meeting, textIn(fact, 'criterion'));
  return [criterion, fact.reason].filter(Boolean).join(' – ');
}

function textIn(fact: MeetingFact, name: string): string | null {
  const value = fact.details?.[name];
  return typeof value === 'string' ? value : null;
}
