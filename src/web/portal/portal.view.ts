import { daysLeft } from '../../meetings/acceptance.js';
import { contestReasons } from '../../meetings/contest-reasons.js';
import { isOpen } from '../../meetings/meeting-moves.js';
import type { MeetingRow } from '../../meetings/meeting-row.js';
import type { WaitingLine } from '../../sequences/sequence-story.queries.js';
import type { CostReport } from '../../reporting/cost/cost-report.js';
import { type Pace, paceMetrics } from '../../reporting/pace.js';
import {
  type Badge,
  criterionLabel,
  qualificationBadge,
  stateBadge,
  whenLabel,
  zoneLabel,
} from '../meetings/meeting-words.view.js';
import { paceMeter } from '../report/pace.view.js';
import { contentText } from './portal-messages.view.js';
import type { Page, Refused } from '../rendering/page.js';

/** What we call "the client" is, on the client's own page, "you". */
function ownWords(page: Page, meeting: MeetingRow, now: Date): { state: Badge; qualification: Badge | null } {
  const own = (word: string): string => page.t(`portal.states.${word}`);
  const { state, qualification } = meeting;
  const isWaiting = isOpen(state) && meeting.endsAt <= now;
  const isOurs = state === 'no_show_host' || state === 'cancelled_by_client';
  return {
    state: isWaiting
      ? { status: 'paused', label: own('waiting') }
      : isOurs
        ? { status: state, label: own(state) }
        : stateBadge(page, meeting),
    qualification:
      qualification === 'claimed'
        ? { status: 'claimed', label: own('claimed') }
        : qualificationBadge(page, qualification),
  };
}

/** A meeting as its client reads it: whom they meet, when, and what came of it. */
export function portalMeeting(page: Page, meeting: MeetingRow, now: Date) {
  return {
    id: meeting.id,
    guest: meeting.prospectName,
    guestSub: [meeting.prospectTitle, meeting.companyName].filter(Boolean).join(' · '),
    when: whenLabel(page, meeting),
    day: page.format.date(meeting.startsAt, meeting.timeZone),
    time: page.format.time(meeting.startsAt, meeting.timeZone),
    startsAt: meeting.startsAt.toISOString(),
    zone: zoneLabel(page, meeting.startsAt, meeting.timeZone),
    host: page.t('portal.next.with', { host: meeting.hostName }),
    hostName: meeting.hostName,
    place: meeting.place,
    isLink: /^https:\/\/\S+$/.test(meeting.place ?? ''),
    ...ownWords(page, meeting, now),
  };
}

/** A claim that awaits the client's word, with the forms to say it. */
export function portalClaim(page: Page, meeting: MeetingRow, now: Date, refused: Refused | null) {
  const left = meeting.decideBy === null ? null : daysLeft(meeting.decideBy, now, meeting.timeZone);
  const values = refused?.values ?? {};
  return {
    ...portalMeeting(page, meeting, now),
    version: meeting.version,
    left: left === null ? null : page.t('meetings.decision.left', { n: left }),
    isUrgent: left !== null && left <= 2,
    until:
      meeting.decideBy === null
        ? null
        : page.t('portal.confirm.until', { day: page.format.day(meeting.decideBy) }),
    criteria: (meeting.qualificationCriteria ?? [])
      .filter((criterion) => meeting.claimedCriteria?.includes(criterion.key))
      .map((criterion) => criterion.label),
    reasons: contestReasons(meeting.qualificationCriteria).map((reason) => ({
      key: reason.key,
      label: criterionLabel(page, meeting, reason.key),
      isChosen: values['criterion'] === reason.key,
    })),
    text: values['text'] ?? '',
    errors: refused?.errors ?? {},
    isRefused: refused !== null,
  };
}

/** One sentence: what awaits the client, else what comes next. */
export function portalSummary(
  page: Page,
  claims: readonly MeetingRow[],
  next: MeetingRow | undefined,
  messages: number,
): string[] {
  const sentences = claims.length > 0 ? [page.t('portal.summary.toConfirm', { n: claims.length })] : [];
  if (messages > 0) sentences.push(page.t('governance.portal.summary', { n: messages }));
  if (next) {
    const when = page.format.moment(next.startsAt, next.timeZone);
    sentences.push(page.t('portal.summary.next', { when, name: next.prospectName }));
  }
  return sentences.length > 0 ? sentences : [page.t('portal.summary.calm')];
}

/** Messages that wait for the client's word, as the home page lists them. */
export function portalMessages(page: Page, waiting: readonly WaitingLine[], zone: string, now: Date) {
  return waiting.map((one) => ({
    href: `/portal/messages/${one.id}`,
    name: one.name,
    sub: page.t('governance.portal.line', {
      content: contentText(page, one.steps),
      who: one.submittedByName ?? 'Carnet',
      date: page.format.date(one.submittedAt, zone),
    }),
    since: page.format.relative(one.submittedAt, now),
    comments: one.comments > 0 ? page.t('governance.portal.comments', { n: one.comments }) : null,
  }));
}

/** Held and qualified this month against what was agreed, and where the month ought to stand by today. */
export function portalProgress(page: Page, paces: readonly Pace[], month: CostReport) {
  return paceMetrics.map((metric) => {
    const label = page.t(`portal.progress.${metric}`);
    const pace = paces.find((one) => one.metric === metric);
    if (!pace)
      return {
        label,
        count: page.format.number(month.actual[metric]),
        of: page.t('portal.progress.noTarget'),
      };
    const { target, due, ...meter } = paceMeter(page, pace);
    return {
      ...meter,
      label,
      hasTarget: true,
      of: page.t('portal.progress.of', { target }),
      note: page.t('portal.progress.expected', { n: due }),
    };
  });
}

/** What the engagement has cost so far, and what a meeting came to. */
export function portalCost(page: Page, report: CostReport) {
  const { actual, currency } = report;
  const money = (cents: number | null): string =>
    cents === null ? page.t('portal.cost.na') : page.format.money(cents, currency, true);
  const tile = (label: string, cents: number | null, count: number) => ({
    label: page.t(`portal.cost.${label}`),
    value: money(cents),
    isNone: cents === null,
    detail: page.t('portal.cost.of', { cost: money(actual.totalCents), n: count }),
  });
  return {
    note: page.t('portal.cost.note', { from: page.format.day(report.from), to: page.format.day(report.to) }),
    total: { label: page.t('portal.cost.total'), value: money(actual.totalCents) },
    tiles: [
      tile('perHeld', actual.costPerHeldCents, actual.held),
      tile('perQualified', actual.costPerQualifiedCents, actual.qualified),
    ],
  };
}
