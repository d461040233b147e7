import type Sqlite from 'better-sqlite3';
import { newId } from '../../src/shared/id.js';

const DAY = 86_400_000;
const text = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, -1);

/** Ten facts for each prospect, spread over the half year before 1 July 2026, with an answer for one in twelve. */
export function writeFacts(database: Sqlite.Database, clientId: string, ids: readonly string[]): void {
  const insert = database.prepare(
    `INSERT INTO activity (id, client_id, prospect_id, kind, at, recorded_at, from_status, to_status, channel, result)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const note = database.prepare('INSERT OR IGNORE INTO activity_pending (prospect_id) VALUES (?)');
  const write = database.transaction((from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      const prospectId = ids[at]!;
      const start = Date.UTC(2026, 0, 5) + (at % 120) * DAY;
      for (const [days, kind, fromStatus, toStatus, channel, result] of factsOf(at)) {
        const when = text(start + days * DAY);
        insert.run(newId(), clientId, prospectId, kind, when, when, fromStatus, toStatus, channel, result);
      }
      note.run(prospectId);
    }
  });
  for (let from = 0; from < ids.length; from += 5000) write(from, Math.min(ids.length, from + 5000));
}

type Row = [
  days: number,
  kind: string,
  from: string | null,
  to: string | null,
  channel: string | null,
  result: string | null,
];

function factsOf(at: number): Row[] {
  const answer = at % 12 === 0 ? 'interested' : at % 5 === 0 ? 'not_interested' : null;
  return [
    [0, 'prospect.created', null, null, null, null],
    [1, 'enrolment.started', null, null, null, null],
    [1, 'status', 'new', 'in_sequence', null, null],
    [2, 'touch', null, null, 'email', 'sent'],
    [4, 'touch', null, null, 'linkedin_invite', at % 3 === 0 ? 'accepted' : 'sent'],
    [6, 'touch', null, null, 'call', 'no_answer'],
    [9, 'touch', null, null, 'email', 'sent'],
    [12, 'touch', null, null, 'call', answer ? 'conversation' : 'voicemail'],
    answer ? [12, 'status', 'in_sequence', answer, null, null] : [13, 'note', null, null, null, null],
    [15, 'enrolment.finished', null, null, null, null],
  ];
}
