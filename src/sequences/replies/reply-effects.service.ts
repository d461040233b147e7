import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import type { Tx } from '../../database/db.js';
import { isHuman, type MailClass } from '../../mail/mail-class.js';
import type { IncomingMail } from '../../outreach/incoming/incoming-mail.entity.js';
import { saysHasLeft } from '../../outreach/incoming/left-company.js';
import { MailboxRest } from '../../outreach/mailboxes/mailbox-rest.service.js';
import { OutgoingMail } from '../../outreach/outgoing/outgoing-mail.entity.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { BadNews } from '../engine/bad-news.service.js';
import { EnrolmentPauses } from '../enrolments/enrolment-pauses.service.js';
import { OptOuts } from './opt-outs.service.js';

/** A mail that is somebody's. */
type MatchedMail = IncomingMail & { prospectId: string };

/** The acts that follow from each class of mail (mail-and-calendar.md). The person is held. */
@Injectable()
export class ReplyEffects {
  constructor(
    private readonly pauses: EnrolmentPauses,
    private readonly badNews: BadNews,
    private readonly optOuts: OptOuts,
    private readonly statuses: Statuses,
    private readonly rest: MailboxRest,
  ) {}

  async of(tx: Tx, actor: Actor, mail: IncomingMail, mailClass: MailClass): Promise<void> {
    const { prospectId } = mail;
    if (mailClass === 'sender_blocked') return this.blocked(tx, mail);
    if (prospectId === null) return;
    if (mailClass === 'complaint' || mailClass === 'unsubscribe')
      return this.opposed(tx, actor, mail as MatchedMail, mailClass);
    if (isHuman(mailClass)) return this.answered(tx, actor, mail as MatchedMail);
    if (mailClass === 'bounce_hard' || mailClass === 'bounce_soft') return this.bounced(tx, mail, mailClass);
    if (mailClass === 'calendar_response') return;
    if (saysHasLeft(`${mail.subject}\n${mail.replyText || mail.text}`))
      return this.left(tx, actor, mail as MatchedMail);
    if (mailClass === 'out_of_office') await this.pauses.whileAway(tx, prospectId, mail.resumeOn);
  }

  /** A person had called it no answer: what the machine's reading stopped goes on. */
  takeBackStop(tx: Tx, mail: IncomingMail): Promise<void> {
    return mail.enrolmentId === null ? Promise.resolve() : this.pauses.reopen(tx, mail.enrolmentId);
  }

  /** Somebody wrote back: their enrolments are over, their colleagues' wait for a person. What they meant is told by a person. */
  private async answered(tx: Tx, actor: Actor, mail: MatchedMail): Promise<void> {
    const { prospectId, enrolmentId } = mail;
    await this.statuses.follow(tx, actor, prospectId, 'replied', { aboutId: mail.id });
    await this.pauses.answered(tx, prospectId, enrolmentId);
    await this.pauses.colleaguesOf(tx, prospectId);
  }

  private async opposed(
    tx: Tx,
    actor: Actor,
    mail: MatchedMail,
    mailClass: 'complaint' | 'unsubscribe',
  ): Promise<void> {
    const column = mailClass === 'complaint' ? sql`complained_at` : sql`unsubscribed_at`;
    if (mail.touchId)
      await tx.run(
        sql`UPDATE outgoing_mail SET ${column} = COALESCE(${column}, ${mail.receivedAt}) WHERE id = ${mail.touchId}`,
      );
    const answered = mail.touchId && (await tx.entities.findOneBy(OutgoingMail, { id: mail.touchId }));
    await this.optOuts.oppose(tx, actor, mail.prospectId, {
      source: mailClass === 'complaint' ? 'complaint' : 'reply',
      address: answered ? answered.toAddress : null,
      aboutId: mail.id,
    });
    if (mailClass === 'unsubscribe') await this.pauses.colleaguesOf(tx, mail.prospectId);
  }

  private async bounced(tx: Tx, mail: IncomingMail, mailClass: 'bounce_hard' | 'bounce_soft'): Promise<void> {
    const isDelayed =
      mail.recipients.length > 0 && mail.recipients.every(({ action }) => action === 'delayed');
    const bounced = mail.touchId && (await tx.entities.findOneBy(OutgoingMail, { id: mail.touchId }));
    // A delay is no bounce: the server goes on trying. Without the mail it is about, nobody knows which address died.
    if (isDelayed || !bounced) return;
    if (mailClass === 'bounce_hard') await this.badNews.hardBounce(tx, bounced);
    else await this.badNews.softBounce(tx, bounced, { isRetried: false });
  }

  private async blocked(tx: Tx, mail: IncomingMail): Promise<void> {
    const status = mail.recipients.find((one) => one.status !== null)?.status ?? null;
    const note = [status, mail.subject].filter(Boolean).join(' ').slice(0, 500);
    await this.rest.pause(tx, mail.mailboxId, 'senderBlocked', {
      note,
      details: { incomingMailId: mail.id, status },
    });
  }

  /** They work there no more: over for this person, and somebody looks for who took their place. */
  private async left(tx: Tx, actor: Actor, mail: MatchedMail): Promise<void> {
    await this.statuses.follow(tx, actor, mail.prospectId, 'wrong_person', {
      reason: 'left_company',
      aboutId: mail.id,
    });
    await this.pauses.end(tx, mail.prospectId, 'removed');
    await tx.run(
      sql`UPDATE incoming_mail SET state = 'to_triage' WHERE id = ${mail.id} AND handled_by IS NULL`,
    );
  }
}
