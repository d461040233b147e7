import { legalMoves } from '../../shared/legal-moves.js';

/** The statuses of a prospect, in the order a prospect travels (product.md §1); lists and filters keep this order. */
export const prospectStatuses = [
  'new',
  'in_sequence',
  'replied',
  'interested',
  'later',
  'meeting_booked',
  'meeting_held',
  'qualified',
  'not_interested',
  'wrong_person',
  'unreachable',
  'invalid',
  'do_not_contact',
] as const;
export type ProspectStatus = (typeof prospectStatuses)[number];

/**
 * Who moves a prospect: a `person` picking a status, a `fact` that carries the status along (an enrolment, a
 * reply, a bounce, a meeting, a corrected address), or the `suppression_list` when its last entry is lifted.
 */
export type StatusMover = 'person' | 'fact' | 'suppression_list';

/**
 * THE table: a row is where the prospect stands, a column where it may go, in the order of `prospectStatuses`.
 * `p` a person may pick it, `f` only a fact leads there, `b` both, `L` only the suppression list, `.` nobody.
 *
 * What it says, beyond the letters:
 * - `in_sequence` and all that concerns meetings come from facts: nobody declares a meeting by picking a status.
 * - While a meeting is booked, only its own facts or an opposition move the person. A no-show or a cancellation
 *   leads back to `interested`, or to what an earlier meeting had already earned.
 * - A later fact may correct an earlier one (the no-show who came after all), so `meeting_held` can be reached
 *   from what an SDR picks after a missed meeting.
 * - A fact never weakens what a person answered: a bounce does not make an interested person `invalid`.
 * - `do_not_contact` has one door. It leads back to where the person stood, never into a sequence, because
 *   lifting an opposition restarts nothing.
 *
 * A new date on `later` is no move: the status stays, its date changes. Undoing one's own last change is no move
 * either: it takes a fact back.
 */
const table = `
                 new  seq  rep  int  lat  bkd  hld  qua  not  wrg  unr  inv  dnc
new               .    f    b    b    b    f    .    .    b    b    p    b    b
in_sequence       f    .    b    b    b    f    .    .    b    b    b    b    b
replied           b    f    .    b    b    f    f    .    b    b    p    p    b
interested        .    .    p    .    b    f    f    .    b    b    p    p    b
later             b    f    b    b    .    f    f    .    b    b    p    b    b
meeting_booked    .    .    .    f    .    .    f    f    .    .    .    .    b
meeting_held      .    .    .    b    p    f    .    f    p    p    .    .    b
qualified         .    .    .    .    p    f    .    .    p    .    .    .    b
not_interested    p    .    p    b    b    f    f    .    .    p    .    .    b
wrong_person      p    .    p    b    b    f    f    .    p    .    .    p    b
unreachable       b    f    b    b    b    f    f    .    b    b    .    b    b
invalid           b    f    b    b    b    f    f    .    b    b    .    .    b
do_not_contact    L    .    L    L    L    L    L    L    L    L    L    L    .
`;

const letters: Readonly<Record<string, readonly StatusMover[]>> = {
  '.': [],
  p: ['person'],
  f: ['fact'],
  b: ['person', 'fact'],
  L: ['suppression_list'],
};

const movers = readTable(table);

const moves = legalMoves<ProspectStatus>({
  of: 'the status of a prospect',
  starts: ['new'],
  finals: [],
  moves: Object.fromEntries(
    prospectStatuses.map((from) => [from, prospectStatuses.filter((to) => movers[from][to].length > 0)]),
  ) as Record<ProspectStatus, ProspectStatus[]>,
});

/** The statuses a prospect may move to from `status`, in travelling order; only those of one mover when it is given. */
export function legalMovesFrom(status: ProspectStatus, mover?: StatusMover): readonly ProspectStatus[] {
  return mover ? moves.from(status).filter((to) => movers[status][to].includes(mover)) : moves.from(status);
}

export function isLegalMove(from: ProspectStatus, to: ProspectStatus, mover: StatusMover): boolean {
  return moves.allows(from, to) && movers[from][to].includes(mover);
}

/**
 * Where a fact leaves a prospect. A fact is never refused (it happened), so one that has no legal move leaves the
 * status as it is: an answer from somebody whose meeting is booked does not take the meeting off the screen.
 */
export function statusAfterFact(status: ProspectStatus, fact: ProspectStatus): ProspectStatus {
  return isLegalMove(status, fact, 'fact') ? fact : status;
}

export function isProspectStatus(value: string): value is ProspectStatus {
  return (prospectStatuses as readonly string[]).includes(value);
}

/** `later` means nothing without the day to come back on. */
export function needsDate(status: ProspectStatus): boolean {
  return status === 'later';
}

export type EnrolmentStop = 'replied' | 'meeting' | 'opted_out' | 'bounced' | 'removed';

const enrolmentStops: Readonly<Record<ProspectStatus, EnrolmentStop | null>> = {
  new: null,
  in_sequence: null,
  replied: 'replied',
  interested: 'replied',
  later: 'replied',
  meeting_booked: 'meeting',
  meeting_held: 'meeting',
  qualified: 'meeting',
  not_interested: 'replied',
  wrong_person: 'replied',
  unreachable: 'removed',
  invalid: 'bounced',
  do_not_contact: 'opted_out',
};

/** How reaching `status` ends the prospect's open enrolment; null when it goes on. */
export function enrolmentStopFor(status: ProspectStatus): EnrolmentStop | null {
  return enrolmentStops[status];
}

/** Those that say that a person answered. */
export const answeredStatuses: ReadonlySet<ProspectStatus> = new Set([
  'replied',
  'interested',
  'later',
  'meeting_booked',
  'meeting_held',
  'qualified',
  'not_interested',
  'wrong_person',
]);

/**
 * Whether the status says that a person answered, as the reply classes "from a person" of product.md do. An
 * opposition does not: it may come from a list.
 */
export function impliesHumanReply(status: ProspectStatus): boolean {
  return answeredStatuses.has(status);
}

/** @throws Error when the picture of the table does not name every status once with a letter for each column. */
function readTable(picture: string): Record<ProspectStatus, Record<ProspectStatus, readonly StatusMover[]>> {
  const [, ...rows] = picture.trim().split('\n');
  const entries = rows.map((row, index) => {
    const [name, ...cells] = row.trim().split(/\s+/);
    const isSound = cells.length === prospectStatuses.length && cells.every((cell) => cell in letters);
    if (name !== prospectStatuses[index] || !isSound) throw new Error(`Status table: bad row "${row}"`);
    return [name, Object.fromEntries(prospectStatuses.map((to, column) => [to, letters[cells[column]!]!]))];
  });
  if (entries.length !== prospectStatuses.length) throw new Error('Status table: a row is missing');
  return Object.fromEntries(entries) as Record<
    ProspectStatus,
    Record<ProspectStatus, readonly StatusMover[]>
  >;
}
