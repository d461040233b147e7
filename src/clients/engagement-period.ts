import { firstOfNextMonth, isCalendarDay } from '../shared/calendar-day.js';
import type { FieldProblems } from '../shared/errors.js';

/** Days `YYYY-MM-DD`, both included; no end = open. */
export interface Span {
  startsOn: string;
  endsOn: string | null;
}

export type EngagementState = 'upcoming' | 'active' | 'ended';

const FOREVER = '9999-12-31';

export function engagementState({ startsOn, endsOn }: Span, today: string): EngagementState {
  if (today < startsOn) return 'upcoming';
  return today > (endsOn ?? FOREVER) ? 'ended' : 'active';
}

/** The engagement that runs on a day. Engagements of one client never overlap, so there is one at most. */
export function engagementOn<T extends Span>(engagements: readonly T[], day: string): T | null {
  return engagements.find((engagement) => engagementState(engagement, day) === 'active') ?? null;
}

/** The one to show when none is running: the next to start, else the last that ran. */
export function nearestEngagement<T extends Span>(engagements: readonly T[], today: string): T | null {
  const inOrder = [...engagements].sort((a, b) => a.startsOn.localeCompare(b.startsOn));
  return (
    engagementOn(inOrder, today) ??
    inOrder.find(({ startsOn }) => startsOn > today) ??
    inOrder[inOrder.length - 1] ??
    null
  );
}

/** Everything wrong with the days of an engagement, beside the client's other engagements; empty when they hold. */
export function periodProblems(span: Span, others: readonly Span[]): FieldProblems {
  const problems: FieldProblems = {};
  if (!isCalendarDay(span.startsOn)) problems['startsOn'] = 'isDateString';
  if (span.endsOn !== null && !isCalendarDay(span.endsOn)) problems['endsOn'] = 'isDateString';
  if (Object.keys(problems).length > 0) return problems;
  if (span.endsOn !== null && span.endsOn < span.startsOn) return { endsOn: 'endsBeforeStart' };
  const other = others.find((one) => isOverlapping(span, one));
  if (!other) return {};
  return {
    startsOn: { code: 'engagementOverlaps', params: { from: other.startsOn, to: other.endsOn ?? '…' } },
  };
}

export function isOverlapping(one: Span, other: Span): boolean {
  return one.startsOn <= (other.endsOn ?? FOREVER) && other.startsOn <= (one.endsOn ?? FOREVER);
}

/** The version a day is billed under: the last one written of those that apply to it, else the first one. */
export function versionOn<T extends { version: number; appliesFromOn: string }>(
  versions: readonly T[],
  day: string,
): T | null {
  const inOrder = [...versions].sort((a, b) => a.version - b.version);
  return inOrder.findLast(({ appliesFromOn }) => appliesFromOn <= day) ?? inOrder[0] ?? null;
}

/**
 * The day new terms apply from when nobody says. Until the first month is over they correct the old ones, from the first
 * day; later, months may have been invoiced, and new terms wait for the next.
 */
export function proposedStart({ startsOn }: Span, today: string): string {
  return today.slice(0, 7) <= startsOn.slice(0, 7) ? startsOn : firstOfNextMonth(today);
}

/** What is wrong with the day somebody gives; empty when it is one of the engagement's. */
export function startProblems(span: Span, appliesFromOn: string): FieldProblems {
  if (!isCalendarDay(appliesFromOn)) return { appliesFromOn: 'isDateString' };
  const isWithin = appliesFromOn >= span.startsOn && appliesFromOn <= (span.endsOn ?? FOREVER);
  return isWithin ? {} : { appliesFromOn: 'outsideEngagement' };
}

/** What a saved engagement becomes beside what it was. */
export interface Amendment {
  /** From when its terms are billed. */
  appliesFromOn: string;
  /** Else only its days are others. */
  hasNewTerms: boolean;
}

/**
 * Null when nothing differs. New days alone leave the terms as they were billed; new terms are billed from the day asked,
 * or else proposed.
 * @param was billed from `appliesFromOn`; @param is with the day somebody gives, if any
 */
export function amendment(
  was: Span & { appliesFromOn: string },
  is: Span & { appliesFromOn: string | null; hasSameTerms: boolean },
  today: string,
): Amendment | null {
  const asked = is.appliesFromOn;
  const isBilledTheSame = is.hasSameTerms && (asked ?? was.appliesFromOn) === was.appliesFromOn;
  if (!isBilledTheSame) return { appliesFromOn: asked ?? proposedStart(is, today), hasNewTerms: true };
  const isSameSpan = was.startsOn === is.startsOn && was.endsOn === is.endsOn;
  return isSameSpan ? null : { appliesFromOn: was.appliesFromOn, hasNewTerms: false };
}
