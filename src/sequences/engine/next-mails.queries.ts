import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Client } from '../../clients/client.entity.js';
import type { Db } from '../../database/db.js';
import { instant, integer, json, text, type RowOf } from '../../database/rows.js';
import { OutgoingMails } from '../../outreach/outgoing/outgoing-mails.service.js';
import { messageContext } from '../writing/message-context.queries.js';
import type { MessageContext } from '../writing/merge-values.js';
import { readMessage } from '../writing/message.js';
import { writeMail } from '../writing/mail-writing.js';
import { type Person, personsOf } from '../writing/person.queries.js';
import { Sequence, SequenceVersion, type Step } from '../sequence.entity.js';
import { chooseVariant } from './variant-choice.js';

/** A mail that is still to be written. */
export interface WaitingMail {
  enrolmentId: string;
  prospectId: string;
  fullName: string;
  toAddress: string | null;
  sequenceId: string;
  sequenceName: string;
  position: number;
  dueAt: Date;
  /** Null while the text lacks something. */
  subject: string | null;
  text: string | null;
  missing: string[];
}

const NEXT = {
  id: text,
  prospectId: text,
  sequenceId: text,
  sequenceName: text,
  versionId: text,
  position: integer,
  dueAt: instant,
  steps: json<Step[]>(),
};
type Next = RowOf<typeof NEXT>;

const running = (clientId: string) => sql`FROM sequence s JOIN enrolment e ON e.sequence_id = s.id
  WHERE s.client_id = ${clientId} AND e.state = 'active' AND e.next_channel = 'email' AND e.due_at IS NOT NULL
    AND (s.state = 'live' OR (s.state = 'testing' AND e.is_test = ${true}))`;

/** The mails of running sequences that come next, as they would read today. */
@Injectable()
export class NextMails {
  constructor(private readonly outgoing: OutgoingMails) {}

  async of(db: Db, client: Client, senderName: string, limit: number): Promise<WaitingMail[]> {
    const rows = await db.rows(
      sql`SELECT d.*, v.steps FROM (SELECT e.id, e.prospect_id, e.sequence_id, s.name AS sequence_name,
            e.sequence_version_id AS version_id, e.next_position AS position, e.due_at
            ${running(client.id)} ORDER BY e.due_at, e.id LIMIT ${limit}) d
          JOIN sequence_version v ON v.id = d.version_id ORDER BY d.due_at, d.id`,
      NEXT,
    );
    const people = new Map(
      (
        await personsOf(
          db,
          client.id,
          rows.map(({ prospectId }) => prospectId),
        )
      ).map((person) => [person.id, person]),
    );
    const contexts = await contextsOf(db, client, rows);
    return rows.map((row) =>
      this.read(row, people.get(row.prospectId)!, { ...contexts.get(row.versionId)!, senderName }),
    );
  }

  /** How many there are, whenever they are due; no more than `most` are counted. */
  async count(db: Db, clientId: string, most: number): Promise<number> {
    const counted = sql`SELECT COUNT(*) AS n FROM (SELECT 1 ${running(clientId)} LIMIT ${most}) waiting`;
    return (await db.row(counted, { n: integer }))?.n ?? 0;
  }

  private read(row: Next, person: Person, context: MessageContext & { senderName: string }): WaitingMail {
    const step = row.steps[row.position - 1]!;
    const variant = step.variants[chooseVariant(row.id, step.id, step.variants.length)]!;
    const optOutUrl = this.outgoing.optOutUrl(this.outgoing.tokenOf(row.id));
    const mail = writeMail(readMessage(variant), person, context, optOutUrl);
    return {
      enrolmentId: row.id,
      prospectId: row.prospectId,
      fullName: person.fullName,
      toAddress: person.email,
      sequenceId: row.sequenceId,
      sequenceName: row.sequenceName,
      position: row.position,
      dueAt: row.dueAt,
      subject: mail.isComplete ? mail.subject : null,
      text: mail.isComplete ? mail.text : null,
      missing: mail.isComplete ? [] : mail.missing,
    };
  }
}

async function contextsOf(
  db: Db,
  client: Client,
  rows: readonly Next[],
): Promise<Map<string, MessageContext>> {
  const contexts = new Map<string, MessageContext>();
  for (const { versionId, sequenceId } of rows) {
    if (contexts.has(versionId)) continue;
    const { locale } = await db.entities.findOneByOrFail(Sequence, { id: sequenceId });
    const { notice } = await db.entities.findOneByOrFail(SequenceVersion, { id: versionId });
    contexts.set(versionId, await messageContext(db, client, { locale, notice }));
  }
  return contexts;
}
