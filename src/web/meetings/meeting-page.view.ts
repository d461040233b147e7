import { daysLeft, deemedHeldDeadline, tellableSince } from '../../meetings/acceptance.js';
import type { Host } from '../../meetings/booking.queries.js';
import { timeOf } from '../../meetings/local-time.js';
import { canReschedule, isOpen, meetingMoves, refusalOf } from '../../meetings/meeting-moves.js';
import type { MeetingRow } from '../../meetings/meeting-row.js';
import { hasPassed } from '../../meetings/time-doubts.js';
import { dayOf } from '../../shared/period.js';
import { slotFields } from './booking.view.js';
import {
  criterionLabel,
  historyLines,
  qualificationBadge,
  stateBadge,
  whenLabel,
  zoneLabel,
} from './meeting-words.view.js';
import type { MeetingStory } from './meeting-story.queries.js';
import type { Page, Refused } from '../rendering/page.js';

const outcomes = ['held', 'no_show_guest', 'no_show_host'] as const;
const cancellations = ['guest', 'client', 'agency'] as const;

/** The agency's page of a meeting: what it is, what may be done with it now, what happened. */
export function meetingPageModel(page: Page, story: MeetingStory, refused: Refused) {
  const { meeting, history, hosts, now } = story;
  return {
    title: page.t('meetings.book.with', { name: meeting.prospectName }),
    meeting,
    when: whenLabel(page, meeting),
    zone: zoneLabel(page, meeting.startsAt, meeting.timeZone),
    guestSub: [meeting.prospectTitle, meeting.companyName].filter(Boolean).join(' · '),
    state: stateBadge(page, meeting),
    qualificationBadge: qualificationBadge(page, meeting.qualification),
    facts: factsOf(page, meeting),
    outcome: outcomeModel(page, meeting, now),
    reschedule: canReschedule(meeting.state) ? rescheduleModel(page, meeting, hosts, refused) : null,
    cancel: cancelModel(page, meeting, now),
    claim: claimModel(page, meeting),
    decision: decisionModel(page, meeting, now),
    isAhead: isOpen(meeting.state) && now < meeting.endsAt,
    history: historyLines(page, meeting, history),
    ...refused,
  };
}

function factsOf(page: Page, meeting: MeetingRow) {
  const { attribution, originalStartsAt, startsAt, timeZone } = meeting;
  const wasMoved = originalStartsAt.getTime() !== startsAt.getTime();
  const assisted = attribution?.assistedBy ?? [];
  return {
    original: wasMoved ? page.format.moment(originalStartsAt, timeZone) : null,
    bookedOn: page.t(isRecorded(meeting) ? 'meetings.facts.recordedOn' : 'meetings.facts.bookedOn', {
      day: page.format.date(meeting.bookedAt, timeZone),
    }),
    bookedBy: meeting.bookedByName ?? page.t('meetings.system'),
    channel: attribution
      ? page.t(`meetings.channels.${attribution.channel}`)
      : page.t('meetings.facts.unattributed'),
    assisted:
      assisted.length === 0
        ? null
        : page.t('meetings.facts.assisted', {
            channels: assisted.map((channel) => page.t(`meetings.channels.${channel}`)).join(', '),
          }),
    engagement:
      meeting.engagementVersion === null
        ? page.t('meetings.facts.noEngagement')
        : page.t('meetings.facts.version', { version: meeting.engagementVersion }),
  };
}

/** Written down after it took place. */
function isRecorded({ originalStartsAt, bookedAt }: MeetingRow): boolean {
  return hasPassed(originalStartsAt, bookedAt);
}

/** What may be said of how it went: the buttons, or why there are none yet. */
function outcomeModel(page: Page, meeting: MeetingRow, now: Date) {
  const isWaiting = isOpen(meeting.state);
  if (isWaiting && now < meeting.startsAt) {
    return {
      before: page.t('meetings.outcome.before', { when: page.format.relative(meeting.startsAt, now) }),
    };
  }
  const moves = outcomes.filter(
    (to) => meetingMoves.allows(meeting.state, to) && refusalOf(meeting, to, now) === null,
  );
  const buttons = [...(meeting.isDeemedHeld ? ['held' as const] : []), ...moves].map((to) => ({
    label: page.t(`meetings.outcome.${to}`),
    action: `/meetings/${meeting.id}/${to === 'held' ? 'hold' : 'no-show'}`,
    by: to === 'held' ? null : to === 'no_show_guest' ? 'guest' : 'host',
    isPrimary: to === 'held' && isWaiting,
  }));
  if (buttons.length === 0) return null;
  const place = { zone: meeting.timeZone, country: meeting.country };
  const silentOn = deemedHeldDeadline(tellableSince(meeting), meeting.acceptanceDays, place).on;
  return {
    buttons,
    isCorrection: !isWaiting,
    silent: isWaiting ? page.t('meetings.outcome.silent', { day: page.format.day(silentOn) }) : null,
  };
}

function rescheduleModel(page: Page, meeting: MeetingRow, hosts: readonly Host[], refused: Refused) {
  const usual = {
    day: dayOf(meeting.startsAt, meeting.timeZone),
    time: timeOf(meeting.startsAt, meeting.timeZone),
    hostId: meeting.hostId,
    place: meeting.place ?? '',
    durationMinutes: (meeting.endsAt.getTime() - meeting.startsAt.getTime()) / 60_000,
  };
  const isRefused = 'day' in refused.values;
  const values = isRefused ? { ...usual, ...refused.values } : usual;
  return {
    values,
    isRefused,
    timeHint: page.t('meetings.book.timeHint', { zone: zoneLabel(page, meeting.startsAt, meeting.timeZone) }),
    ...slotFields(page, hosts, values),
  };
}

function cancelModel(page: Page, meeting: MeetingRow, now: Date) {
  const choices = cancellations.filter((by) => {
    const to = `cancelled_by_${by}` as const;
    return meetingMoves.allows(meeting.state, to) && refusalOf(meeting, to, now) === null;
  });
  if (choices.length === 0 || !isOpen(meeting.state)) return null;
  return { choices: choices.map((by) => ({ by, label: page.t(`meetings.cancel.${by}`) })) };
}

function claimModel(page: Page, meeting: MeetingRow) {
  if (meeting.state !== 'held' || meeting.qualification !== 'none') return null;
  return {
    hint: page.t('meetings.claim.hint', { days: meeting.acceptanceDays }),
    criteria: meeting.qualificationCriteria ?? [],
  };
}

/** Where the qualification stands, in a sentence; null before a claim. */
export function decisionModel(page: Page, meeting: MeetingRow, now: Date) {
  const { timeZone, claimedAt, decidedAt, decideBy } = meeting;
  const onDay = (at: Date | null): string => (at === null ? '' : page.format.date(at, timeZone));
  const by = (name: string | null): string => name ?? page.t('meetings.system');
  const criteria = (meeting.qualificationCriteria ?? []).map((criterion) => ({
    label: criterion.label,
    isClaimed: meeting.claimedCriteria?.includes(criterion.key) ?? false,
  }));
  switch (meeting.qualification) {
    case 'none':
      return null;
    case 'claimed': {
      const until = decideBy === null ? '' : page.format.day(decideBy);
      const sentence = { day: onDay(claimedAt), by: by(meeting.claimedByName), until };
      const left = decideBy === null ? null : daysLeft(decideBy, now, timeZone);
      return {
        text: page.t('meetings.decision.claimed', sentence),
        left: left === null ? null : page.t('meetings.decision.left', { n: left }),
        isUrgent: left !== null && left <= 2,
        criteria,
      };
    }
    case 'accepted':
      return {
        text: page.t('meetings.decision.accepted', { by: by(meeting.decidedByName), day: onDay(decidedAt) }),
        criteria,
      };
    case 'lapsed':
      return { text: page.t('meetings.decision.lapsed', { day: onDay(decidedAt) }), criteria };
    case 'contested': {
      const criterion = criterionLabel(page, meeting, meeting.contestedCriterion);
      const sentence = { by: by(meeting.decidedByName), day: onDay(decidedAt), criterion };
      return {
        text: page.t('meetings.decision.contested', sentence),
        quote: meeting.contestText,
        criteria,
        contest: { settle: settleLines(page, meeting) },
      };
    }
  }
}

/** A contest is the client's to take back: what is left to the agency, and where. */
function settleLines(page: Page, { clientId, clientName, prospectId }: MeetingRow) {
  return [
    { text: page.t('meetings.settle.counts') },
    {
      text: page.t('meetings.settle.talk', { client: clientName }),
      href: `/clients/${clientId}/contacts`,
      link: page.t('meetings.settle.people'),
    },
    {
      text: page.t('meetings.settle.note'),
      href: `/prospects/${prospectId}`,
      link: page.t('meetings.settle.prospect'),
    },
  ];
}
