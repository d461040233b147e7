import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Config } from '../../config/config.js';
import { Clock } from '../../clock/clock.service.js';
import type { Db, Tx } from '../../database/db.js';
import type { SmtpAccount } from '../../mail/mail-account.js';
import { Mailer, MailRefused, type Sent } from '../../mail/mailer.js';
import type { PersonKeys } from '../../prospects/suppression/suppression-keys.js';
import { Suppressions } from '../../prospects/suppression/suppressions.service.js';
import { emailDomain } from '../../shared/email-address.js';
import { isMailToken, mailToken, plusAddress } from './mail-token.js';
import { placeInThread, type ThreadMail, type ThreadPlace } from './mail-thread.js';
import type { Mailbox } from '../mailboxes/mailbox.entity.js';
import { MailboxAccounts } from '../mailboxes/mailbox-accounts.service.js';
import { OutgoingMail } from './outgoing-mail.entity.js';
import { insertMails, type PersonWithKeys, personWithKeys, threadsOf } from './outgoing-mails.queries.js';

/** What somebody wants to say to somebody; the thread it belongs to gives it its place. */
export interface MailDraft {
  /** Of the touch it is. */
  id: string;
  /** Stands for it (`tokenOf`), where it was asked for already. */
  token?: string;
  clientId: string;
  prospectId: string;
  enrolmentId: string | null;
  sequenceId: string | null;
  to: { name: string | null; address: string };
  subject: string;
  text: string;
  html: string | null;
  /** Its place, where it answers a mail that came in; else that of its enrolment's thread. */
  place?: ThreadPlace;
}

/** What came of handing a mail to its server. */
export type Delivery =
  | { kind: 'sent'; sent: Sent; isLive: boolean }
  | { kind: 'refused'; error: MailRefused }
  | { kind: 'uncertain'; response: string }
  /** Our side or the road failed before the server judged it: nothing left. */
  | { kind: 'not_sent'; response: string };

/** The road of every mail that leaves, whoever wrote it: claimed, handed over, settled. */
@Injectable()
export class OutgoingMails {
  private readonly opened = new WeakMap<Mailbox, SmtpAccount>();

  constructor(
    private readonly mailer: Mailer,
    private readonly accounts: MailboxAccounts,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly suppressions: Suppressions,
  ) {}

  /** What stands for a mail in its links; known before the mail is written. */
  tokenOf(mailId: string): string {
    return mailToken(this.config.secretKey, mailId);
  }

  /** Where the reader of that mail may opt out, as it stands in it. */
  optOutUrl(token: string): string {
    return `${this.config.baseUrl}/u/${token}`;
  }

  /** Writes the mail down, in its thread. From here on it counts against the caps; nothing has left. */
  async claim(tx: Tx, mailbox: Mailbox, draft: MailDraft, now: Date): Promise<OutgoingMail> {
    const [mail] = await this.claimAll(tx, mailbox, [draft], now);
    return mail!;
  }

  /** The same for many at once, in their order. */
  async claimAll(tx: Tx, mailbox: Mailbox, drafts: readonly MailDraft[], now: Date): Promise<OutgoingMail[]> {
    const threads = await threadsOf(
      tx,
      drafts.flatMap(({ enrolmentId, place }) => (enrolmentId === null || place ? [] : [enrolmentId])),
    );
    const mails = drafts.map((draft) =>
      this.written(mailbox, draft, threads.get(draft.enrolmentId ?? '') ?? [], now),
    );
    await insertMails(tx, mails);
    return mails;
  }

  private written(
    mailbox: Mailbox,
    draft: MailDraft,
    thread: readonly ThreadMail[],
    now: Date,
  ): OutgoingMail {
    const place = draft.place ?? placeInThread(thread, draft.subject);
    return {
      id: draft.id,
      clientId: draft.clientId,
      prospectId: draft.prospectId,
      mailboxId: mailbox.id,
      enrolmentId: draft.enrolmentId,
      sequenceId: draft.sequenceId,
      messageId: `<${draft.id}@${emailDomain(mailbox.address)}>`,
      relayMessageId: null,
      token: draft.token ?? this.tokenOf(draft.id),
      toAddress: draft.to.address,
      toName: draft.to.name,
      toDomain: emailDomain(draft.to.address),
      ...place,
      text: draft.text,
      html: draft.html,
      state: 'claimed',
      claimedAt: now,
      startedAt: null,
      sentAt: null,
      response: null,
      status: null,
      refusal: null,
      bouncedAt: null,
      complainedAt: null,
      unsubscribedAt: null,
    };
  }

  /** Whether its person, or the very address it goes to, objects to mail by now. `known`: the person as just read. */
  async isOpposed(
    db: Db,
    mail: Pick<OutgoingMail, 'clientId' | 'prospectId' | 'toAddress'>,
    known?: PersonWithKeys,
  ): Promise<boolean> {
    const { clientId, prospectId, toAddress } = mail;
    const person = known ?? (await personWithKeys(db, prospectId));
    const asked: (PersonKeys & { id: string; clientId: string })[] = person ? [{ ...person, clientId }] : [];
    if (person?.email !== toAddress) asked.push({ id: 'address', clientId, email: toAddress });
    const objections = await this.suppressions.objectionsOf(db, asked);
    return [...objections.values()].some((one) => one === 'all' || one.includes('email'));
  }

  /** From here on it may have left. False: somebody else has taken it up, or it was given up. */
  async begin(tx: Tx, mailId: string): Promise<boolean> {
    const begun = await tx.run(
      sql`UPDATE outgoing_mail SET state = 'sending', started_at = ${this.clock.now()}
          WHERE id = ${mailId} AND state = 'claimed'`,
    );
    return begun > 0;
  }

  /**
   * Hands a mail that was begun to its server. Writes nothing; never throws for what a server says. Whatever breaks in a
   * way nobody foresaw may have broken after the server took it: that is uncertain too.
   */
  async deliver(mailbox: Mailbox, mail: OutgoingMail): Promise<Delivery> {
    const account = this.accountOf(mailbox);
    if (account === null) return { kind: 'not_sent', response: 'The password cannot be read.' };
    try {
      const sent = await this.mailer.send(account, this.messageOf(mailbox, mail));
      return { kind: 'sent', sent, isLive: this.mailer.isLive };
    } catch (error) {
      if (!(error instanceof MailRefused)) return { kind: 'uncertain', response: String(error) };
      if (error.isUncertain) return { kind: 'uncertain', response: error.message };
      return error.isTransient ? { kind: 'not_sent', response: error.message } : { kind: 'refused', error };
    }
  }

  /** Writes down what came of it. False: it was settled meanwhile, by a person or another worker. */
  async settle(
    tx: Tx,
    mail: OutgoingMail,
    delivery: Exclude<Delivery, { kind: 'not_sent' }>,
  ): Promise<boolean> {
    const open = sql`id = ${mail.id} AND state IN ('sending', 'uncertain')`;
    if (delivery.kind === 'uncertain') {
      return (
        (await tx.run(sql`UPDATE outgoing_mail SET state = 'uncertain', response = ${delivery.response}
          WHERE id = ${mail.id} AND state = 'sending'`)) > 0
      );
    }
    if (delivery.kind === 'refused') {
      const { status, kind, message } = delivery.error;
      const bouncedAt = kind === 'bounce_hard' ? this.clock.now() : null;
      return (
        (await tx.run(sql`UPDATE outgoing_mail SET state = 'refused', response = ${message}, status = ${status},
          refusal = ${kind}, bounced_at = ${bouncedAt} WHERE ${open}`)) > 0
      );
    }
    const { sent, isLive } = delivery;
    const relayMessageId = sent.messageId === mail.messageId ? null : sent.messageId.slice(0, 250);
    return (
      (await tx.run(sql`UPDATE outgoing_mail SET state = ${isLive ? 'sent' : 'outbox'}, sent_at = ${sent.at},
        response = ${sent.response}, relay_message_id = ${relayMessageId} WHERE ${open}`)) > 0
    );
  }

  /** Gives up a mail that never left: it was only claimed, or its server was never reached. False: it is not so any more. */
  async giveUp(tx: Tx, mailId: string, from: 'claimed' | 'sending'): Promise<boolean> {
    return (await tx.run(sql`DELETE FROM outgoing_mail WHERE id = ${mailId} AND state = ${from}`)) > 0;
  }

  /** The mail a token stands for; null for any word that is none of ours. */
  async byToken(db: Db, token: string): Promise<OutgoingMail | null> {
    return isMailToken(token) ? db.entities.findOneBy(OutgoingMail, { token }) : null;
  }

  /** Opened once for all the mails of one claim. */
  private accountOf(mailbox: Mailbox): SmtpAccount | null {
    try {
      const account = this.opened.get(mailbox) ?? this.accounts.smtp(mailbox);
      this.opened.set(mailbox, account);
      return account;
    } catch {
      return null;
    }
  }

  private messageOf(mailbox: Mailbox, mail: OutgoingMail): Parameters<Mailer['send']>[1] {
    const { address, senderName } = mailbox;
    const optOut = `mailto:${plusAddress(address, mail.token)}?subject=unsubscribe`;
    return {
      from: { name: senderName, address },
      to: { name: mail.toName, address: mail.toAddress },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.messageId,
      inReplyTo: mail.inReplyTo,
      references: mail.references,
      headers:
        mail.enrolmentId === null
          ? {}
          : {
              'List-Unsubscribe': `<${this.optOutUrl(mail.token)}>, <${optOut}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            },
    };
  }
}
