import type { ProspectStatus } from '../../prospects/status/status.js';
import { type Fact, standing, textOf } from './fact.js';
import { type MeetingCourse, meetingsOf } from './meeting-course.js';
import { isAttempt, isContact, isHardBounce, isMailSent } from './touch-result.js';

/** The funnel of reporting.md §1, in order: entering one stage implies all before it. */
export const stages = [
  'sourced',
  'eligible',
  'enrolled',
  'attempted',
  'contacted',
  'replied',
  'interested',
  'booked',
  'held',
  'qualified',
  'opportunity',
  'won',
] as const;
export type Stage = (typeof stages)[number];
export type StageDates = Partial<Record<Stage, Date>>;

export interface FunnelSettings {
  /** Mail counts as a contact once this many hours passed without a hard bounce. */
  bounceHours: number;
  now: Date;
}

/** Hours after which a mail that did not bounce has arrived (reporting.md §1). */
export const BOUNCE_HOURS = 72;

const HOUR = 3_600_000;

/** The furthest stage a status tells of. `qualified` is not among them: only a claim nobody contested qualifies. */
export const toldBy: Readonly<Record<ProspectStatus, Stage | null>> = {
  new: null,
  in_sequence: 'enrolled',
  replied: 'replied',
  interested: 'interested',
  later: 'replied',
  meeting_booked: 'booked',
  meeting_held: 'held',
  qualified: 'held',
  not_interested: 'replied',
  wrong_person: 'replied',
  unreachable: null,
  invalid: null,
  do_not_contact: null,
};

/**
 * When the prospect entered each stage, from the facts about it in any order. A stage is dated at the first entry of
 * itself or of any later one, so the dates never run backwards along the funnel.
 */
export function stagesOf(facts: readonly Fact[], settings: FunnelSettings): StageDates {
  const lasting = standing(facts);
  return stagesOfStanding(lasting, meetingsOf(lasting), settings);
}

/** As `stagesOf`, of facts that stand and come oldest first, and of their meetings. */
export function stagesOfStanding(
  facts: readonly Fact[],
  meetings: readonly MeetingCourse[],
  settings: FunnelSettings,
): StageDates {
  const entries = new StageEntries();
  for (const fact of facts) {
    entries.enter(stageToldBy(fact), fact.at);
    if (isContact(fact)) entries.enter('contacted', fact.at);
  }
  entries.enter('contacted', mailContactAt(facts, settings));
  meetings.forEach((meeting) => entries.enterMeeting(meeting));
  return entries.filledBack();
}

/** The instant the stages change without any new fact, because a mail in flight has not bounced; null when none will. */
export function ripensAt(facts: readonly Fact[], settings: FunnelSettings): Date | null {
  const waiting = mailsThatStayed(facts, settings.bounceHours).filter((at) => at > settings.now);
  return earliest(waiting);
}

function stageToldBy(fact: Fact): Stage | null {
  switch (fact.kind) {
    case 'prospect.created':
      return textOf(fact, 'ineligible') === null ? 'eligible' : 'sourced';
    case 'enrolment.started':
      return 'enrolled';
    case 'touch':
      return isAttempt(fact) ? 'attempted' : null;
    case 'status':
      return toldBy[fact.to as ProspectStatus] ?? null;
    case 'opportunity.declared':
      return 'opportunity';
    case 'opportunity.won':
      return 'won';
    default:
      return null;
  }
}

/** When the first mail counts as a contact; null while none does. */
export function mailContactAt(facts: readonly Fact[], settings: FunnelSettings): Date | null {
  const arrived = mailsThatStayed(facts, settings.bounceHours).filter((at) => at <= settings.now);
  return earliest(arrived);
}

/** The end of the wait of every mail that did not hard-bounce during it. */
function mailsThatStayed(facts: readonly Fact[], bounceHours: number): Date[] {
  const bounces = facts.filter(isHardBounce).map((bounce) => bounce.at);
  return facts
    .filter(isMailSent)
    .map((mail) => ({ sentAt: mail.at, sureAt: new Date(mail.at.getTime() + bounceHours * HOUR) }))
    .filter(({ sentAt, sureAt }) => !bounces.some((at) => at >= sentAt && at < sureAt))
    .map(({ sureAt }) => sureAt);
}

/** When a prospect came into each stage; of several entries into one, the first counts. */
export class StageEntries {
  private readonly first = new Map<Stage, Date>();

  enter(stage: Stage | null, at: Date | null): void {
    if (stage === null || at === null) return;
    const known = this.first.get(stage);
    if (known === undefined || at < known) this.first.set(stage, at);
  }

  enterMeeting({ bookedAt, heldAt, qualifiedAt }: MeetingCourse): void {
    this.enter('booked', bookedAt);
    this.enter('held', heldAt);
    this.enter('qualified', qualifiedAt);
  }

  /** Each stage dated at the first entry of itself or of any later one. */
  filledBack(): StageDates {
    const dates: StageDates = {};
    let first: Date | undefined;
    for (const stage of [...stages].reverse()) {
      const own = this.first.get(stage);
      if (own !== undefined && (first === undefined || own < first)) first = own;
      if (first !== undefined) dates[stage] = first;
    }
    return dates;
  }
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);
}
