import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { flag, instant, maybe, text, word, type RowOf } from '../../database/rows.js';
import type { HumanClass, MailClass } from '../../mail/mail-class.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import type { IncomingState } from './incoming-mail.entity.js';

const MAIL = {
  id: text,
  isOurs: flag,
  at: instant,
  fromName: maybe(text),
  fromAddress: text,
  subject: text,
  /** Ours: all of it. Theirs: what is new in it. */
  text: text,
  wholeText: text,
  hasHtml: flag,
  state: maybe(word<IncomingState>()),
  machineClass: maybe(word<MailClass>()),
  confidence: maybe(Number),
  humanClass: maybe(word<HumanClass>()),
  resumeOn: maybe(text),
  mailboxAddress: text,
};
/** One mail of a conversation with a prospect, in either direction. */
export type ThreadMailLine = RowOf<typeof MAIL>;

const SHOWN = 30;
/** Where all of it is asked for; a person with more is exceptional, and gets the latest. */
export const MOST_MAILS = 100;

/** The conversation with a prospect by mail. */
@Injectable()
export class MailThreads {
  constructor(private readonly database: Database) {}

  /** The latest mails, at most so many, oldest first. Empty out of sight. */
  async of(actor: Actor, prospectId: string, most = SHOWN): Promise<ThreadMailLine[]> {
    if (!isAgency(actor) || !isId(prospectId)) return [];
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT * FROM (
            SELECT m.id, 0 AS is_ours, m.received_at AS at, m.from_name, m.from_address, m.subject,
              m.reply_text AS text, m.text AS whole_text, CASE WHEN m.html IS NULL THEN 0 ELSE 1 END AS has_html, m.state,
              m.machine_class, m.confidence, m.human_class, m.resume_on, b.address AS mailbox_address
            FROM incoming_mail m JOIN mailbox b ON b.id = m.mailbox_id
            WHERE m.prospect_id = ${prospectId} AND ${withinSight(actor, sql`m.client_id`)}
            UNION ALL
            SELECT o.id, 1 AS is_ours, COALESCE(o.sent_at, o.claimed_at) AS at, b.sender_name AS from_name,
              b.address AS from_address, o.subject, o.text, o.text AS whole_text, 0 AS has_html, NULL AS state,
              NULL AS machine_class, NULL AS confidence, NULL AS human_class, NULL AS resume_on, b.address AS mailbox_address
            FROM outgoing_mail o JOIN mailbox b ON b.id = o.mailbox_id
            WHERE o.prospect_id = ${prospectId} AND o.state IN ('sent', 'outbox', 'uncertain')
              AND ${withinSight(actor, sql`o.client_id`)}) t
          ORDER BY at DESC, id DESC LIMIT ${most}`,
        MAIL,
      ),
    );
    return rows.reverse();
  }

  /** The sanitised HTML of a mail that came in. @throws NotFound */
  async htmlOf(actor: Actor, mailId: string): Promise<string> {
    const row =
      isAgency(actor) && isId(mailId)
        ? await this.database.read((db) =>
            db.row(
              sql`SELECT html FROM incoming_mail WHERE id = ${mailId} AND html IS NOT NULL AND ${withinSight(actor, sql`client_id`)}`,
              { html: text },
            ),
          )
        : null;
    if (!row) throw new NotFound();
    return row.html;
  }
}
