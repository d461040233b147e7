import type { ProspectStatus } from '../prospects/status/status.js';
import { isOpen, isQualified, type MeetingState, type QualificationState } from './meeting-moves.js';

/**
 * What a prospect's meetings, all together, say about the prospect: an appointment still to come counts most, then what
 * was earned; somebody whose only meetings fell through is interested, and to be rebooked.
 */
export function standingOf(
  meetings: readonly { state: MeetingState; qualification: QualificationState }[],
): ProspectStatus {
  if (meetings.some((meeting) => isOpen(meeting.state))) return 'meeting_booked';
  if (meetings.some((meeting) => isQualified(meeting.qualification))) return 'qualified';
  if (meetings.some((meeting) => meeting.state === 'held')) return 'meeting_held';
  return 'interested';
}
