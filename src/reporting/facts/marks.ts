import type { ReportChannel } from './touch-result.js';

/** What denominators ask about a person, and of which channel each tells; stored a bit each: append only. */
const channelOfMark = {
  mailed: 'email',
  bounced: 'email',
  delivered: 'email',
  invited: 'linkedin',
  accepted: 'linkedin',
  answered_on_linkedin: 'linkedin',
  spoken_to: 'call',
  booked_by_call: 'call',
  mature: 'all',
} as const satisfies Record<string, ReportChannel | 'all'>;

export type Mark = keyof typeof channelOfMark;

const marks = Object.keys(channelOfMark) as Mark[];

export function markBit(mark: Mark): number {
  return 1 << marks.indexOf(mark);
}

/** The marks as one number, for the row of one channel: that row keeps only what its own channel tells. */
export function markBits(some: ReadonlySet<Mark>, channel: ReportChannel | 'all'): number {
  return marks
    .filter((mark) => some.has(mark))
    .filter((mark) => channel === 'all' || channelOfMark[mark] === 'all' || channelOfMark[mark] === channel)
    .reduce((bits, mark) => bits | markBit(mark), 0);
}
