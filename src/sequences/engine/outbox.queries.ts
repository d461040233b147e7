import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import type { Client } from '../../clients/client.entity.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, integer, maybe, text, word, type RowOf } from '../../database/rows.js';
import { Mailbox } from '../../outreach/mailboxes/mailbox.entity.js';
import type { OutgoingState } from '../../outreach/outgoing/outgoing-state.js';
import { InvalidInput } from '../../shared/errors.js';
import { fromCursor, type Page, pageOf, PAGE_LIMIT } from '../../shared/paging.js';
import type { OutboxShelf } from './outbox-shelf.js';
import { NextMails, type WaitingMail } from './next-mails.queries.js';

const GONE = {
  id: text,
  prospectId: text,
  fullName: text,
  sequenceId: maybe(text),
  sequenceName: maybe(text),
  fromAddress: text,
  toAddress: text,
  subject: text,
  text: text,
  state: word<OutgoingState>(),
  claimedAt: instant,
  sentAt: maybe(instant),
  response: maybe(text),
  status: maybe(text),
  bouncedAt: maybe(instant),
};
/** A mail that was written down: gone, refused, under way or uncertain. */
export type OutboxMail = RowOf<typeof GONE>;

export interface OutboxFilter {
  shelf: OutboxShelf;
  cursor?: string | undefined;
  limit?: number;
}

/** Waiting mails beyond this many are not counted: a page is to cost the same at any size. */
export const MOST_COUNTED = 1000;

const statesOf: Readonly<Record<Exclude<OutboxShelf, 'waiting'>, readonly OutgoingState[]>> = {
  gone: ['sent', 'outbox', 'claimed', 'sending'],
  uncertain: ['uncertain'],
  refused: ['refused'],
};

/** The mail of a client: what waits and what would go, what went, what nobody is sure of. */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly nextMails: NextMails,
  ) {}

  /** @throws NotFound; InvalidInput for a cursor that is none of ours */
  async written(
    actor: Actor,
    clientId: string,
    { shelf, cursor, limit = PAGE_LIMIT.usual }: OutboxFilter & { shelf: Exclude<OutboxShelf, 'waiting'> },
  ): Promise<Page<OutboxMail>> {
    const after = cursor === undefined ? null : fromCursor(cursor);
    if (cursor !== undefined && !after) throw new InvalidInput({ cursor: 'invalid' });
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      // UUIDv7: the order of the ids is the order of the claims.
      const rows = await db.rows(
        sql`SELECT o.id, o.prospect_id, p.full_name, o.sequence_id, s.name AS sequence_name, m.address AS from_address,
              o.to_address, o.subject, o.text, o.state, o.claimed_at, o.sent_at, o.response, o.status, o.bounced_at
            FROM outgoing_mail o JOIN prospect p ON p.id = o.prospect_id JOIN mailbox m ON m.id = o.mailbox_id
              LEFT JOIN sequence s ON s.id = o.sequence_id
            WHERE o.client_id = ${clientId} AND o.state IN (${join([...statesOf[shelf]])})
              ${after ? sql`AND o.id < ${after.id}` : sql``}
            ORDER BY o.id DESC LIMIT ${limit + 1}`,
        GONE,
      );
      return pageOf(rows, limit, ({ id }) => ({ key: null, id }));
    });
  }

  /** The next mails, first to go first, as they would read. @throws NotFound */
  waiting(actor: Actor, clientId: string, limit: number = PAGE_LIMIT.usual): Promise<WaitingMail[]> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      return this.nextMails.of(db, client, await senderOf(db, client, actor), limit);
    });
  }

  /** How many lie on each shelf; of those that wait, `MOST_COUNTED` stands for that many or more. @throws NotFound */
  counts(actor: Actor, clientId: string): Promise<Record<OutboxShelf, number>> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const rows = await db.rows(
        sql`SELECT state, COUNT(*) AS n FROM outgoing_mail WHERE client_id = ${clientId} GROUP BY state`,
        { state: word<OutgoingState>(), n: integer },
      );
      const sum = (states: readonly OutgoingState[]): number =>
        rows.filter(({ state }) => states.includes(state)).reduce((all, { n }) => all + n, 0);
      const waiting = await this.nextMails.count(db, clientId, MOST_COUNTED);
      return {
        waiting,
        gone: sum(statesOf.gone),
        uncertain: sum(statesOf.uncertain),
        refused: sum(statesOf.refused),
      };
    });
  }
}

/** Who a text that is still to be written would be signed by. */
async function senderOf(db: Db, { id: clientId }: Client, actor: Actor): Promise<string> {
  const [mailbox] = await db.entities.find(Mailbox, { where: { clientId }, order: { id: 'ASC' }, take: 1 });
  return mailbox?.senderName ?? actor.name;
}
