import { Injectable, Logger } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, SYSTEM } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { instant, text } from '../../database/rows.js';
import { SentFolders } from '../../outreach/incoming/sent-folders.service.js';
import { OutgoingMail } from '../../outreach/outgoing/outgoing-mail.entity.js';
import { isUnderWay } from '../../outreach/outgoing/outgoing-mails.queries.js';
import { Conflict, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { holdProspect } from '../../prospects/held-prospects.queries.js';
import { MailOutcomes } from './mail-outcomes.service.js';

const DAY = 86_400_000;
/** Looked for that long; then it waits for a person alone. */
const LOOKED_FOR_DAYS = 3;

/** Mails that may have left: found again by their Message-ID, or settled by a person. Never sent again by themselves. */
@Injectable()
export class UncertainMails {
  private readonly logger = new Logger('UncertainMails');

  constructor(
    private readonly database: Database,
    private readonly outcomes: MailOutcomes,
    private readonly folders: SentFolders,
    private readonly audit: Audit,
  ) {}

  /** An answer to it, or its copy in the mailbox, says that it left. That there is none says nothing. */
  async look(now: Date, stop?: AbortSignal): Promise<number> {
    const uncertain = await this.database.read((db) =>
      db.rows(
        sql`SELECT o.id, o.mailbox_id, o.message_id, CASE WHEN EXISTS (SELECT 1 FROM incoming_mail i WHERE i.prospect_id = o.prospect_id AND i.touch_id = o.id)
              THEN 'yes' ELSE 'no' END AS answered
            FROM outgoing_mail o WHERE ${isUnderWay} AND o.state = 'uncertain' AND o.claimed_at > ${new Date(now.getTime() - LOOKED_FOR_DAYS * DAY)}
            ORDER BY o.claimed_at LIMIT 100`,
        { id: text, mailboxId: text, messageId: text, answered: text },
      ),
    );
    let found = 0;
    for (const mail of uncertain) {
      if (stop?.aborted) break;
      const hasLeft = mail.answered === 'yes' || (await this.lies(mail, stop));
      if (hasLeft) found += Number(await this.settle(SYSTEM, mail.id, true));
    }
    return found;
  }

  /** A person says what they know. @throws NotFound; Conflict when it is settled already */
  async confirm(actor: Actor, mailId: string, wasSent: boolean): Promise<OutgoingMail> {
    const mail = isId(mailId)
      ? await this.database.read((db) =>
          db.row(
            sql`SELECT id FROM outgoing_mail WHERE id = ${mailId} AND ${withinSight(actor, sql`client_id`)}`,
            { id: text },
          ),
        )
      : null;
    if (!mail) throw new NotFound();
    if (!(await this.settle(actor, mailId, wasSent))) throw new Conflict('sequences.mailSettled');
    return this.database.read((db) => db.entities.findOneByOrFail(OutgoingMail, { id: mailId }));
  }

  private async settle(actor: Actor, mailId: string, wasSent: boolean): Promise<boolean> {
    return this.database.write(async (tx) => {
      const mail = await tx.entities.findOneBy(OutgoingMail, { id: mailId });
      if (!mail) return false;
      await holdProspect(tx, mail.prospectId);
      const at = await this.write(tx, mailId, wasSent);
      if (at === null) return false;
      await this.outcomes.endTouch(tx, actor, mail, wasSent ? 'sent' : 'not_sent', at);
      await this.outcomes.goOn(tx, mail.enrolmentId);
      if (actor !== SYSTEM) {
        const { id: subjectId, clientId } = mail;
        const deed = { act: 'mail.settled', subjectType: 'mail', subjectId, clientId, details: { wasSent } };
        await this.audit.record(tx, actor, deed);
      }
      return true;
    });
  }

  /** Gives when it was handed over; null when it is uncertain no more. */
  private async write(tx: Tx, mailId: string, wasSent: boolean): Promise<Date | null> {
    const change = wasSent
      ? sql`state = 'sent', sent_at = COALESCE(started_at, claimed_at)`
      : sql`state = 'refused', response = 'not_sent'`;
    const [row] = await tx.rows(
      sql`UPDATE outgoing_mail SET ${change} WHERE id = ${mailId} AND state = 'uncertain'
          RETURNING COALESCE(started_at, claimed_at) AS at`,
      { at: instant },
    );
    return row?.at ?? null;
  }

  private async lies(
    { mailboxId, messageId }: { mailboxId: string; messageId: string },
    stop: AbortSignal | undefined,
  ): Promise<boolean> {
    try {
      return await this.folders.holds(mailboxId, messageId, stop);
    } catch (error) {
      if (!stop?.aborted) this.logger.warn({ err: error, mailboxId });
      return false;
    }
  }
}
