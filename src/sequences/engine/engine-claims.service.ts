import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { useOf } from '../../outreach/mailboxes/mailbox-use.queries.js';
import { Mailbox } from '../../outreach/mailboxes/mailbox.entity.js';
import type { OutgoingMail } from '../../outreach/outgoing/outgoing-mail.entity.js';
import { type MailDraft, OutgoingMails } from '../../outreach/outgoing/outgoing-mails.service.js';
import { budgetOf } from '../../outreach/mailboxes/send-budget.js';
import { emailDomain } from '../../shared/email-address.js';
import { type DueMail, dueFor, openSequences } from './due-mail.queries.js';
import { EnrolmentEnds } from '../enrolments/enrolment-ends.service.js';
import { EnrolmentPlanner } from '../enrolments/enrolment-planner.service.js';
import { enrolmentRows } from '../enrolments/enrolment-row.queries.js';
import type { Enrolment } from '../enrolments/enrolment.entity.js';
import { MailCases, type MailCase, type ReadyMail } from './mail-case.service.js';

/** A mail that may be handed over now, with what dates its next step. */
export interface Claimed {
  mail: OutgoingMail;
  mailbox: Mailbox;
  enrolment: Enrolment;
  ready: ReadyMail;
}

/** Enrolments looked at in one transaction beyond those it can send. */
const SPARE = 20;

/** What one mailbox may claim in one transaction. */
interface Errand {
  mailbox: Mailbox;
  client: Client;
  now: Date;
  /** Mails the mailbox may still send. */
  room: number;
  /** The same of each sequence, by its id. */
  roomIn: Map<string, number>;
}

/** The claim: in one transaction everything that may stop a mail is read again, the caps are counted, the mail is written down. */
@Injectable()
export class EngineClaims {
  constructor(
    private readonly cases: MailCases,
    private readonly outgoing: OutgoingMails,
    private readonly planner: EnrolmentPlanner,
    private readonly ends: EnrolmentEnds,
  ) {}

  /**
   * What a mailbox may send now, written down. `isDone`: nothing is left to look at, or no room to send it.
   * @param reach how many times as far it looks down the list, when others hold those who come first
   */
  async claim(
    tx: Tx,
    mailboxId: string,
    now: Date,
    reach = 1,
  ): Promise<{ claimed: Claimed[]; isDone: boolean }> {
    const nothing = { claimed: [], isDone: true };
    const held = await tx.row(sql`SELECT id FROM mailbox WHERE id = ${mailboxId}${tx.dialect.skipLocked}`, {
      id: text,
    });
    // Another worker is at it.
    const mailbox = held && (await tx.entities.findOneBy(Mailbox, { id: mailboxId }));
    if (!mailbox || mailbox.state !== 'active') return nothing;
    const client = await tx.entities.findOneByOrFail(Client, { id: mailbox.clientId });
    if (client.switchedOffAt !== null) return nothing;
    const today = DateTime.fromJSDate(now, { zone: client.timeZone }).toISODate()!;
    const use = await useOf(tx, mailbox.id, client.timeZone, now);
    const { room } = budgetOf(mailbox, use, today, now);
    if (room === 0) return nothing;
    const sequences = await openSequences(tx, client.id, now);
    const limit = (room + SPARE) * reach;
    const due = await dueFor(tx, mailbox.id, { sequences, now, limit });
    const roomIn = new Map(sequences.map((sequence) => [sequence.id, sequence.room]));
    const claimed = await this.takeSome(tx, { mailbox, client, now, room, roomIn }, due);
    if (claimed.length > 0) await this.markMailbox(tx, mailbox, today, now);
    return { claimed, isDone: claimed.length >= room || due.length < limit };
  }

  /** Never holds more people than it has room for: other mailboxes may want them. */
  private async takeSome(tx: Tx, errand: Errand, due: readonly DueMail[]): Promise<Claimed[]> {
    const claimed: Claimed[] = [];
    for (let from = 0; from < due.length && claimed.length < errand.room;) {
      const some = due.slice(from, from + errand.room - claimed.length);
      from += some.length;
      const enrolments = await holdThose(tx, some, errand.mailbox.id);
      if (enrolments.length > 0) claimed.push(...(await this.takeThose(tx, errand, enrolments)));
    }
    return claimed;
  }

  private async takeThose(tx: Tx, errand: Errand, enrolments: readonly Enrolment[]): Promise<Claimed[]> {
    const { mailbox, client, now, roomIn } = errand;
    const held = await this.cases.open(tx, client, enrolments, now);
    const taken: { enrolment: Enrolment; ready: ReadyMail }[] = [];
    for (const enrolment of enrolments) {
      const left = roomIn.get(enrolment.sequenceId);
      if (!left) continue;
      const found = this.cases.judge(enrolment, mailbox, now, held);
      if (found.kind !== 'ready') {
        await this.writeDown(tx, enrolment, found);
        continue;
      }
      const { ready } = found;
      if (!(await insertTouch(tx, enrolment, ready, now))) continue;
      taken.push({ enrolment, ready });
      roomIn.set(enrolment.sequenceId, left - 1);
      held.domains.get(emailDomain(ready.person.email!))?.unshift(now);
    }
    const mails = await this.outgoing.claimAll(tx, mailbox, taken.map(draftOf), now);
    await this.markEnrolments(tx, taken, mailbox.id);
    return taken.map((one, place) => ({ ...one, mailbox, mail: mails[place]! }));
  }

  /** What is not sent now gets its other date, or its end. */
  private async writeDown(
    tx: Tx,
    enrolment: Enrolment,
    found: Exclude<MailCase, { kind: 'ready' }>,
  ): Promise<void> {
    if (found.kind === 'put_off') {
      await tx.run(sql`UPDATE enrolment SET not_before = ${found.until}, due_at = ${found.until},
        wait_reason = ${found.reason} WHERE id = ${enrolment.id}`);
    } else if (found.next.kind === 'finish') await this.ends.finish(tx, SYSTEM, enrolment, found.next.reason);
    else await this.planner.write(tx, enrolment, found.next);
  }

  /** Nothing is due while a mail is under way; what becomes of it dates the next step. */
  private async markEnrolments(
    tx: Tx,
    taken: readonly { enrolment: Enrolment }[],
    mailboxId: string,
  ): Promise<void> {
    if (taken.length === 0) return;
    const isTaken = tx.dialect.isAmong(
      sql`id`,
      taken.map(({ enrolment }) => enrolment.id),
    );
    await tx.run(sql`UPDATE enrolment SET mailbox_id = ${mailboxId}, due_at = NULL, not_before = NULL,
      wait_reason = NULL WHERE ${isTaken}`);
  }

  private async markMailbox(tx: Tx, mailbox: Mailbox, today: string, now: Date): Promise<void> {
    await tx.run(sql`UPDATE mailbox SET last_sent_at = ${now}, ramp_started_on = COALESCE(ramp_started_on, ${today})
      WHERE id = ${mailbox.id}`);
  }
}

const ID = { id: text };

/** Whoever is to wait since a colleague answered gets nothing more, even where a crash came before they do. */
const isNoneToStop = sql`NOT EXISTS (SELECT 1 FROM colleague_stop c WHERE c.enrolment_id = e.id)`;

/**
 * The people first, then the enrolments, as everybody does; whoever is busy with either is passed over. In the order
 * they are taken.
 */
async function holdThose(tx: Tx, due: readonly DueMail[], mailboxId: string): Promise<Enrolment[]> {
  const { isAmong, skipLocked } = tx.dialect;
  const people = due.map(({ prospectId }) => prospectId);
  const held = await tx.rows(sql`SELECT id FROM prospect WHERE ${isAmong(sql`id`, people)}${skipLocked}`, ID);
  const free = new Set(held.map(({ id }) => id));
  const ids = due.filter(({ prospectId }) => free.has(prospectId)).map(({ id }) => id);
  // Chosen by their ids alone: with their states in the question, SQLite would walk all that are active.
  const enrolments = await enrolmentRows(
    tx,
    sql`WHERE ${isAmong(sql`e.id`, ids)} AND ${isNoneToStop}${skipLocked}`,
  );
  const byId = new Map(enrolments.filter((one) => isStillDue(one, mailboxId)).map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function isStillDue({ state, nextChannel, dueAt, ...enrolment }: Enrolment, mailboxId: string): boolean {
  const isOurs = enrolment.mailboxId === null || enrolment.mailboxId === mailboxId;
  return state === 'active' && nextChannel === 'email' && dueAt !== null && isOurs;
}

/** The insert is the claim: false when this very step and attempt were done already. */
async function insertTouch(tx: Tx, enrolment: Enrolment, ready: ReadyMail, now: Date): Promise<boolean> {
  const inserted = await tx.run(sql`INSERT INTO touch (id, client_id, prospect_id, channel, kind, at, result,
      enrolment_id, sequence_id, step_id, step_position, attempt, variant)
    VALUES (${ready.id}, ${enrolment.clientId}, ${enrolment.prospectId}, 'email', 'step', ${now}, 'sending',
      ${enrolment.id}, ${enrolment.sequenceId}, ${ready.step.id}, ${ready.position}, ${ready.attempt}, ${ready.variant})
    ON CONFLICT (enrolment_id, step_id, attempt) DO NOTHING`);
  return inserted > 0;
}

function draftOf({ enrolment, ready }: { enrolment: Enrolment; ready: ReadyMail }): MailDraft {
  const { person, mail, id, token } = ready;
  return {
    id,
    token,
    clientId: enrolment.clientId,
    prospectId: person.id,
    enrolmentId: enrolment.id,
    sequenceId: enrolment.sequenceId,
    to: { name: person.fullName, address: person.email! },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
  };
}
