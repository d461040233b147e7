import { type Fact, textOf } from './fact.js';
import type { MeetingCourse } from './meeting-course.js';
import { isHardBounce } from './touch-result.js';

/** The ways out beside the funnel (reporting.md §1), in the order the page lists them. */
export const sideExits = [
  'bounced',
  'opted_out',
  'complained',
  'refused',
  'wrong_person',
  'no_show_guest',
  'no_show_host',
  'cancelled_by_guest',
  'cancelled_by_client',
  'cancelled_by_agency',
  'contested',
] as const;
export type SideExit = (typeof sideExits)[number];

/** The exits taken by a prospect whose facts stand: of statuses the last one counts, of meetings each one's own end. */
export function exitsOf(facts: readonly Fact[], meetings: readonly MeetingCourse[]): Set<SideExit> {
  const exits = new Set<SideExit>();
  if (facts.some(isHardBounce)) exits.add('bounced');
  const left = exitByStatus(facts.findLast((fact) => fact.kind === 'status'));
  if (left) exits.add(left);
  for (const meeting of meetings) {
    if (meeting.outcome !== null && meeting.outcome !== 'held') exits.add(meeting.outcome);
    if (meeting.decision === 'contested') exits.add('contested');
  }
  return exits;
}

/** An exit as one number, a bit each in the order of the list, so that a report groups by it from an index. */
export function exitBits(exits: ReadonlySet<SideExit>): number {
  return sideExits.reduce((bits, exit, place) => (exits.has(exit) ? bits | (1 << place) : bits), 0);
}

export function exitBit(exit: SideExit): number {
  return 1 << sideExits.indexOf(exit);
}

function exitByStatus(fact: Fact | undefined): SideExit | null {
  switch (fact?.to) {
    case 'do_not_contact':
      return textOf(fact, 'reason') === 'complaint' ? 'complained' : 'opted_out';
    case 'not_interested':
      return 'refused';
    case 'wrong_person':
      return 'wrong_person';
    default:
      return null;
  }
}
