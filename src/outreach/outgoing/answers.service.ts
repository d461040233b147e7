import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../../accounts/actor.js';
import { requireNewWork } from '../../clients/clients.policy.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { Facts } from '../../prospects/facts.service.js';
import { Prospect } from '../../prospects/prospect.entity.js';
import { normaliseEmail } from '../../shared/email-address.js';
import { Conflict, InvalidInput, NotFound } from '../../shared/errors.js';
import { isId, newId } from '../../shared/id.js';
import { IncomingMail } from '../incoming/incoming-mail.entity.js';
import { Mailbox } from '../mailboxes/mailbox.entity.js';
import type { OutgoingMail } from './outgoing-mail.entity.js';
import { type Delivery, OutgoingMails } from './outgoing-mails.service.js';
import { Touch } from '../touches/touch.entity.js';

const LONGEST = 20_000;
/** The same words to the same mail within this time are a second click. */
const TWICE_MINUTES = 10;

interface Ready {
  mail: OutgoingMail;
  mailbox: Mailbox;
}

interface Answerable {
  incoming: IncomingMail;
  /** The address that wrote, normalised. */
  toAddress: string;
  mailbox: Mailbox;
  prospect: Prospect;
}

/** A person answers a mail that came in: from the mailbox it came to, in its thread, by the road of every mail. */
@Injectable()
export class Answers {
  constructor(
    private readonly database: Database,
    private readonly mails: OutgoingMails,
    private readonly facts: Facts,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, InvalidInput, Conflict when it must not or could not be sent */
  async send(actor: Actor, incomingMailId: string, { text: words }: { text: string }): Promise<OutgoingMail> {
    const body = words.replace(/\r\n?/g, '\n').trim();
    if (body === '') throw new InvalidInput({ text: 'isNotEmpty' });
    if (body.length > LONGEST)
      throw new InvalidInput({ text: { code: 'maxLength', params: { limit: LONGEST } } });
    const { mail, mailbox } = await this.database.write((tx) => this.claim(tx, actor, incomingMailId, body));
    const delivery = await this.mails.deliver(mailbox, mail);
    await this.database.write((tx) => this.settle(tx, actor, mail, delivery));
    if (delivery.kind === 'refused')
      throw new Conflict('mail.answerRefused', { response: delivery.error.message });
    if (delivery.kind === 'not_sent') throw new Conflict('mail.answerNotSent');
    return mail;
  }

  private async claim(tx: Tx, actor: Actor, id: string, body: string): Promise<Ready> {
    const { incoming, toAddress, mailbox, prospect } = await this.answerable(tx, actor, id);
    await refuseSecondClick(tx, incoming, body, this.clock.now());
    const mailId = newId();
    await tx.entities.insert(Touch, touchOf(mailId, prospect, actor, this.clock.now()));
    const mail = await this.mails.claim(
      tx,
      mailbox,
      {
        id: mailId,
        clientId: prospect.clientId,
        prospectId: prospect.id,
        enrolmentId: null,
        sequenceId: null,
        to: { name: incoming.fromName, address: toAddress },
        subject: incoming.subject,
        text: body,
        html: null,
        place: {
          subject: /^re\s?:/i.test(incoming.subject) ? incoming.subject : `Re: ${incoming.subject}`,
          inReplyTo: incoming.messageId,
          references: [
            ...incoming.references.filter((one) => one !== incoming.messageId),
            incoming.messageId,
          ],
        },
      },
      this.clock.now(),
    );
    await this.mails.begin(tx, mailId);
    return { mail, mailbox };
  }

  private async answerable(db: Db, actor: Actor, id: string): Promise<Answerable> {
    const incoming = isId(id) && isAgency(actor) ? await db.entities.findOneBy(IncomingMail, { id }) : null;
    if (!incoming || !seesClient(actor, incoming.clientId)) throw new NotFound();
    if (incoming.prospectId === null) throw new Conflict('mail.answerUnmatched');
    requireNewWork(await loadClient(db, actor, incoming.clientId));
    const [mailbox, prospect] = [
      await db.entities.findOneByOrFail(Mailbox, { id: incoming.mailboxId }),
      await db.entities.findOneByOrFail(Prospect, { id: incoming.prospectId }),
    ];
    if (mailbox.pausedReason === 'retired') throw new Conflict('mail.retired', { address: mailbox.address });
    if (mailbox.pausedReason === 'untested' || mailbox.pausedReason === 'signIn')
      throw new Conflict('mail.answerMailboxShut');
    const toAddress = normaliseEmail(incoming.fromAddress);
    if (toAddress === null) throw new Conflict('mail.answerNoAddress');
    const { clientId, prospectId } = incoming;
    if (await this.mails.isOpposed(db, { clientId, prospectId, toAddress }))
      throw new Conflict('mail.answerOpposed');
    return { incoming, toAddress, mailbox, prospect };
  }

  /** What never left is forgotten; what may have left stays for whoever looks. */
  private async settle(tx: Tx, actor: Actor, mail: OutgoingMail, delivery: Delivery): Promise<void> {
    if (delivery.kind === 'not_sent') {
      await this.mails.giveUp(tx, mail.id, 'sending');
      await tx.run(sql`DELETE FROM touch WHERE id = ${mail.id}`);
      return;
    }
    await this.mails.settle(tx, mail, delivery);
    if (delivery.kind === 'uncertain') return;
    const result = delivery.kind === 'sent' ? 'sent' : 'bounced';
    await tx.run(sql`UPDATE touch SET result = ${result} WHERE id = ${mail.id}`);
    if (delivery.kind === 'sent')
      await tx.run(sql`UPDATE mailbox SET last_sent_at = ${this.clock.now()} WHERE id = ${mail.mailboxId}`);
    const { clientId, prospectId } = mail;
    await this.facts.append(tx, actor, {
      clientId,
      prospectId,
      kind: 'touch',
      channel: 'email',
      result,
      aboutId: mail.id,
    });
  }
}

async function refuseSecondClick(
  tx: Tx,
  { messageId, mailboxId }: IncomingMail,
  body: string,
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - TWICE_MINUTES * 60_000);
  // The mailbox is held: two clicks at once stand in line, and the second finds what the first wrote.
  await tx.rows(sql`SELECT id FROM mailbox WHERE id = ${mailboxId}${tx.dialect.forUpdate}`, {});
  const same = await tx.row(
    sql`SELECT id FROM outgoing_mail WHERE mailbox_id = ${mailboxId} AND in_reply_to = ${messageId} AND text = ${body}
        AND claimed_at > ${since} AND state <> 'refused'`,
    { id: text },
  );
  if (same !== null) throw new Conflict('mail.answerSentAlready');
}

function touchOf(id: string, prospect: Prospect, actor: Actor, at: Date): Touch {
  return {
    id,
    clientId: prospect.clientId,
    prospectId: prospect.id,
    channel: 'email',
    kind: 'manual',
    at,
    result: 'sending',
    note: null,
    userId: actor.userId || null,
    enrolmentId: null,
    sequenceId: null,
    stepId: null,
    stepPosition: null,
    attempt: 1,
    variant: null,
  };
}
