import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { isHuman } from '../../mail/mail-class.js';
import type { IncomingMail } from '../../outreach/incoming/incoming-mail.entity.js';
import { SuppressionList } from '../../prospects/suppression/suppression-list.service.js';
import { Conflict, NotFound } from '../../shared/errors.js';
import { emailIdentity } from '../../shared/email-address.js';
import { isId, newId } from '../../shared/id.js';
import { ReplyConsequences } from './reply-consequences.service.js';
import { holdMail } from './held-mail.queries.js';

/** Mails whose sender nobody knew: a person says whose they are, or that they are none of ours. */
@Injectable()
export class UnmatchedMails {
  constructor(
    private readonly database: Database,
    private readonly consequences: ReplyConsequences,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly oppositions: SuppressionList,
  ) {}

  /**
   * The mail is that prospect's, and its sender's address is theirs from now on: the next mail finds its way alone. An
   * answer of a person then waits for triage. @throws NotFound; Conflict when it is somebody's already
   */
  async link(actor: Actor, mailId: string, prospectId: string): Promise<void> {
    await this.database.write(async (tx) => {
      const mail = await this.open(tx, actor, mailId);
      const person = isId(prospectId)
        ? await tx.row(
            sql`SELECT id, COALESCE(email_key, '') AS email_key FROM prospect
              WHERE id = ${prospectId} AND client_id = ${mail.clientId}${tx.dialect.forUpdate}`,
            { id: text, emailKey: text },
          )
        : null;
      if (person === null) throw new NotFound();
      const address = emailIdentity(mail.fromAddress);
      if (person.emailKey !== address)
        await tx.run(sql`INSERT INTO prospect_alias (id, client_id, prospect_id, kind, value)
          VALUES (${newId()}, ${mail.clientId}, ${prospectId}, 'email', ${address.slice(0, 400)}) ON CONFLICT DO NOTHING`);
      await this.oppositions.heed(tx, actor, prospectId);
      const state = isHuman(mail.machineClass) ? 'to_triage' : 'handled';
      await tx.run(
        sql`UPDATE incoming_mail SET prospect_id = ${prospectId}, state = ${state} WHERE id = ${mailId}`,
      );
      await this.record(tx, actor, mail, 'mail.linked', prospectId);
    });
    await this.consequences.act(mailId);
  }

  /** None of ours: it leaves the inbox, and is kept. */
  discard(actor: Actor, mailId: string): Promise<void> {
    return this.database.write(async (tx) => {
      const mail = await this.open(tx, actor, mailId);
      await tx.run(sql`UPDATE incoming_mail SET state = 'handled', handled_at = ${this.clock.now()},
        handled_by = ${actor.userId || null} WHERE id = ${mailId}`);
      await this.record(tx, actor, mail, 'mail.discarded', null);
    });
  }

  /** Back among those nobody knows. @throws NotFound; Conflict when it was not discarded by this person */
  restore(actor: Actor, mailId: string): Promise<void> {
    return this.database.write(async (tx) => {
      const mail = await holdMail(tx, actor, mailId);
      if (mail.state !== 'handled' || mail.prospectId !== null || mail.handledBy !== actor.userId)
        throw new Conflict('prospects.nothingToUndo');
      await tx.run(
        sql`UPDATE incoming_mail SET state = 'unmatched', handled_at = NULL, handled_by = NULL WHERE id = ${mailId}`,
      );
      await this.record(tx, actor, mail, 'mail.restored', null);
    });
  }

  private async open(tx: Tx, actor: Actor, mailId: string): Promise<IncomingMail> {
    const mail = await holdMail(tx, actor, mailId);
    if (mail.state !== 'unmatched') throw new Conflict('inbox.handled');
    return mail;
  }

  private record(
    tx: Tx,
    actor: Actor,
    mail: IncomingMail,
    act: string,
    prospectId: string | null,
  ): Promise<void> {
    const subject =
      prospectId === null
        ? { subjectType: 'mail', subjectId: mail.id }
        : { subjectType: 'prospect', subjectId: prospectId };
    return this.audit.record(tx, actor, { act, ...subject, clientId: mail.clientId });
  }
}
