import { meetingOutcomes } from '../../meetings/meeting-moves.js';
import { type Fact, instantOf, textOf } from './fact.js';

type MeetingOutcome = (typeof meetingOutcomes)[number];

/** The last of these tells where the meeting stands: a new date opens it again. */
const decidesAttendance: ReadonlySet<string> = new Set([...meetingOutcomes, 'rescheduled']);

export type Decision = 'accepted' | 'lapsed' | 'contested';

/** One meeting as its facts tell it. A rescheduled meeting is the same meeting. */
export interface MeetingCourse {
  /** The slot was fixed and the invitation sent. */
  bookedAt: Date | null;
  /** Frozen at booking; null is "unattributed", never guessed. */
  channel: string | null;
  /** When it takes or took place, after the last move. */
  startsAt: Date | null;
  outcome: MeetingOutcome | null;
  outcomeAt: Date | null;
  /** The moment both were there: the meeting's own time, not the moment somebody noted it. */
  heldAt: Date | null;
  claimedAt: Date | null;
  decision: Decision | null;
  decidedAt: Date | null;
  /** Held, claimed, and accepted or not contested in time. */
  qualifiedAt: Date | null;
}

/** The meetings in `facts`, which stand and come oldest first; a later word on one meeting replaces an earlier one. */
export function meetingsOf(facts: readonly Fact[]): MeetingCourse[] {
  const byMeeting = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (!fact.kind.startsWith('meeting.')) continue;
    const meeting = textOf(fact, 'meetingId') ?? '';
    const known = byMeeting.get(meeting);
    if (known) known.push(fact);
    else byMeeting.set(meeting, [fact]);
  }
  return [...byMeeting.values()].map(courseOf);
}

function courseOf(facts: readonly Fact[]): MeetingCourse {
  const booked = facts.find((fact) => wordOf(fact) === 'booked') ?? null;
  const startsAt = startOf(facts);
  const turn = facts.findLastIndex((fact) => decidesAttendance.has(wordOf(fact)));
  const outcome = facts[turn] && wordOf(facts[turn]) !== 'rescheduled' ? facts[turn] : null;
  const isHeld = outcome !== null && wordOf(outcome) === 'held';
  const heldAt = isHeld ? heldWhen(outcome.at, startsAt, booked?.at ?? null) : null;
  // A claim rests on the meeting having been held: a correction or a new date takes it back.
  const broken = facts.findLastIndex(
    (fact) => decidesAttendance.has(wordOf(fact)) && wordOf(fact) !== 'held',
  );
  const sinceThen = isHeld ? facts.slice(broken + 1) : [];
  const claimed = last(sinceThen, ['claimed']);
  const decision = last(sinceThen, ['accepted', 'lapsed', 'contested']);
  const isQualified = heldAt !== null && claimed && decision && wordOf(decision) !== 'contested';
  return {
    bookedAt: booked?.at ?? null,
    channel: booked?.channel ?? null,
    startsAt,
    outcome: outcome ? (wordOf(outcome) as MeetingOutcome) : null,
    outcomeAt: outcome?.at ?? null,
    heldAt,
    claimedAt: claimed?.at ?? null,
    decision: decision ? (wordOf(decision) as Decision) : null,
    decidedAt: decision?.at ?? null,
    qualifiedAt: isQualified ? latest(heldAt, claimed.at, decision.at) : null,
  };
}

function startOf(facts: readonly Fact[]): Date | null {
  const moved = last(facts, ['booked', 'rescheduled'], (fact) => instantOf(fact, 'startsAt') !== null);
  return moved ? instantOf(moved, 'startsAt') : null;
}

/** A meeting noted after the fact may start before it was booked on paper: it is not held before it was booked. */
function heldWhen(notedAt: Date, startsAt: Date | null, bookedAt: Date | null): Date {
  if (startsAt === null || startsAt > notedAt) return notedAt;
  return bookedAt !== null && bookedAt > startsAt ? bookedAt : startsAt;
}

function last(
  facts: readonly Fact[],
  words: readonly string[],
  fits: (fact: Fact) => boolean = () => true,
): Fact | null {
  return facts.findLast((fact) => words.includes(wordOf(fact)) && fits(fact)) ?? null;
}

function wordOf(fact: Fact): string {
  return fact.kind.slice('meeting.'.length);
}

function latest(...instants: readonly Date[]): Date {
  return new Date(Math.max(...instants.map((instant) => instant.getTime())));
}
