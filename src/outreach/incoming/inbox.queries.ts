import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, integer, maybe, text, word, type RowOf } from '../../database/rows.js';
import type { MailClass } from '../../mail/mail-class.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import type { IncomingState } from './incoming-mail.entity.js';

const LINE = {
  id: text,
  clientId: text,
  clientName: text,
  timeZone: text,
  country: maybe(text),
  prospectId: maybe(text),
  prospectName: maybe(text),
  companyName: maybe(text),
  fromAddress: text,
  fromName: maybe(text),
  subject: text,
  replyText: text,
  receivedAt: instant,
  state: word<IncomingState>(),
  machineClass: word<MailClass>(),
  confidence: Number,
  mailboxAddress: text,
};
/** A mail that waits for a person. */
export type InboxLine = RowOf<typeof LINE>;

const SHOWN = 100;

/** Mails that wait for a person: answers to be understood, and those nobody knows the sender of. */
@Injectable()
export class InboxQueries {
  constructor(private readonly database: Database) {}

  /** The one that waits longest first; at most 100 of each. */
  list(actor: Actor): Promise<{
    toTriage: InboxLine[];
    unmatched: InboxLine[];
    counts: Record<'toTriage' | 'unmatched', number>;
  }> {
    return this.database.read(async (db) => ({
      toTriage: await lines(db, waiting(actor, 'to_triage')),
      unmatched: await lines(db, waiting(actor, 'unmatched')),
      counts: {
        toTriage: await count(db, waiting(actor, 'to_triage')),
        unmatched: await count(db, waiting(actor, 'unmatched')),
      },
    }));
  }

  /** How many mails of either kind wait: read from the index alone, client by client. */
  async size(actor: Actor): Promise<number> {
    const row = await this.database.read((db) =>
      db.row(
        sql`SELECT COUNT(*) AS n FROM client k JOIN incoming_mail m ON m.client_id = k.id
          WHERE m.state IN ('to_triage', 'unmatched') AND ${withinSight(actor, sql`k.id`)}`,
        { n: integer },
      ),
    );
    return row?.n ?? 0;
  }

  /** @throws NotFound out of sight */
  async one(actor: Actor, id: string): Promise<InboxLine> {
    const [line] =
      isId(id) && isAgency(actor)
        ? await this.database.read((db) =>
            lines(db, sql`m.id = ${id} AND ${withinSight(actor, sql`m.client_id`)}`),
          )
        : [];
    if (!line) throw new NotFound();
    return line;
  }

  /** Prospects of the mail's client by a few letters of their name, company or address; at most 8. */
  candidates(
    clientId: string,
    folded: string,
  ): Promise<{ id: string; fullName: string; companyName: string | null; email: string | null }[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT p.id, p.full_name, p.company_name, p.email FROM prospect p
          WHERE p.client_id = ${clientId} AND ${db.dialect.contains(sql`p.search_text`, folded)}
          ORDER BY p.last_activity_at DESC, p.id LIMIT 8`,
        { id: text, fullName: text, companyName: maybe(text), email: maybe(text) },
      ),
    );
  }
}

const waiting = (actor: Actor, state: IncomingState): Sql =>
  sql`m.state = ${state} AND ${withinSight(actor, sql`m.client_id`)}`;

function lines(db: Db, where: Sql): Promise<InboxLine[]> {
  return db.rows(
    sql`SELECT m.id, m.client_id, k.name AS client_name, k.time_zone, k.country, m.prospect_id, p.full_name AS prospect_name,
          p.company_name, m.from_address, m.from_name, m.subject, m.reply_text, m.received_at, m.state, m.machine_class,
          m.confidence, b.address AS mailbox_address
        FROM incoming_mail m JOIN client k ON k.id = m.client_id JOIN mailbox b ON b.id = m.mailbox_id
          LEFT JOIN prospect p ON p.id = m.prospect_id
        WHERE ${where} ORDER BY m.received_at, m.id LIMIT ${SHOWN}`,
    LINE,
  );
}

async function count(db: Db, where: Sql): Promise<number> {
  const row = await db.row(sql`SELECT COUNT(*) AS n FROM incoming_mail m WHERE ${where}`, { n: integer });
  return row?.n ?? 0;
}
