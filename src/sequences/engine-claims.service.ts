import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import { SYSTEM } from '../accounts/actor.js';
import { Client } from '../clients/client.entity.js';
import type { Tx } from '../database/db.js';
import { text } from '../database/rows.js';
import { useOf } from '../outreach/mailbox-use.queries.js';
import { Mailbox } from '../outreach/mailbox.entity.js';
import type { OutgoingMail } from '../outreach/outgoing-mail.entity.js';
import { OutgoingMails } from '../outreach/outgoing-mails.service.js';
import { budgetOf } from '../outreach/send-budget.js';
import { type DueMail, dueFor, openSequences } from './due-mail.queries.js';
import { EnrolmentEnds } from './enrolment-ends.service.js';
import { EnrolmentPlanner } from './enrolment-planner.service.js';
import { enrolmentRows } from './enrolment-row.queries.js';
import type { Enrolment } from './enrolment.entity.js';
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

/** The claim: in one transaction everything that may stop a mail is read again, the caps are counted, the mail is written down. */
@Injectable()
export class EngineClaims {
  constructor(
    private readonly cases: MailCases,
    private readonly outgoing: OutgoingMails,
    private readonly planner: EnrolmentPlanner,
    private readonly ends: EnrolmentEnds,
  ) {}

  /** What a mailbox may send now, written down. `isDone`: nothing is left to look at, or no room to send it. */
  async claim(tx: Tx, mailboxId: string, now: Date): Promise<{ claimed: Claimed[]; isDone: boolean }> {
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
    const due = await dueFor(tx, mailbox.id, { sequences, now, limit: room + SPARE });
    const roomIn = new Map(sequences.map((sequence) => [sequence.id, sequence.room]));
    const claimed = await this.takeSome(tx, mailbox, due, { now, room, roomIn });
    if (claimed.length > 0) await this.markMailbox(tx, mailbox, today, now);
    return { claimed, isDone: claimed.length >= room || due.length < room + SPARE };
  }

  private async takeSome(
    tx: Tx,
    mailbox: Mailbox,
    due: readonly DueMail[],
    { now, room, roomIn }: { now: Date; room: number; roomIn: Map<string, number> },
  ): Promise<Claimed[]> {
    const claimed: Claimed[] = [];
    const shared = await this.cases.shareFor(
      tx,
      due.map(({ prospectId }) => prospectId),
    );
    for (const { id } of due) {
      if (claimed.length >= room) break;
      const enrolment = await this.hold(tx, id, mailbox.id);
      const left = enrolment && roomIn.get(enrolment.sequenceId);
      if (!enrolment || !left) continue;
      const found = await this.cases.judge(tx, enrolment, mailbox, now, shared);
      const one = await this.take(tx, enrolment, mailbox, found, now);
      if (one === null) continue;
      claimed.push(one);
      roomIn.set(enrolment.sequenceId, left - 1);
    }
    return claimed;
  }

  /** The person first, then the enrolment, as everybody does; whoever is busy with either is passed over. */
  private async hold(tx: Tx, id: string, mailboxId: string): Promise<Enrolment | null> {
    const person = await tx.row(
      sql`SELECT id FROM prospect WHERE id = (SELECT prospect_id FROM enrolment WHERE id = ${id})${tx.dialect.skipLocked}`,
      { id: text },
    );
    if (!person) return null;
    const [enrolment] = await enrolmentRows(
      tx,
      sql`WHERE e.id = ${id} AND e.state = 'active' AND e.next_channel = 'email' AND e.due_at IS NOT NULL
        AND (e.mailbox_id IS NULL OR e.mailbox_id = ${mailboxId})${tx.dialect.skipLocked}`,
    );
    return enrolment ?? null;
  }

  private async take(
    tx: Tx,
    enrolment: Enrolment,
    mailbox: Mailbox,
    found: MailCase,
    now: Date,
  ): Promise<Claimed | null> {
    if (found.kind === 'put_off') {
      await tx.run(sql`UPDATE enrolment SET not_before = ${found.until}, due_at = ${found.until},
        wait_reason = ${found.reason} WHERE id = ${enrolment.id}`);
      return null;
    }
    if (found.kind === 'planned') {
      if (found.next.kind === 'finish') await this.ends.finish(tx, SYSTEM, enrolment, found.next.reason);
      else await this.planner.write(tx, enrolment, found.next);
      return null;
    }
    const { ready } = found;
    if (!(await insertTouch(tx, enrolment, ready, now))) return null;
    const { person, mail, id } = ready;
    const written = await this.outgoing.claim(
      tx,
      mailbox,
      {
        id,
        clientId: enrolment.clientId,
        prospectId: person.id,
        enrolmentId: enrolment.id,
        sequenceId: enrolment.sequenceId,
        to: { name: person.fullName, address: person.email! },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
      },
      now,
    );
    // Nothing is due while the mail is under way; what becomes of it dates the next step.
    await tx.run(sql`UPDATE enrolment SET mailbox_id = ${mailbox.id}, due_at = NULL, not_before = NULL,
      wait_reason = NULL WHERE id = ${enrolment.id}`);
    return { mail: written, mailbox, enrolment, ready };
  }

  private async markMailbox(tx: Tx, mailbox: Mailbox, today: string, now: Date): Promise<void> {
    await tx.run(sql`UPDATE mailbox SET last_sent_at = ${now}, ramp_started_on = COALESCE(ramp_started_on, ${today})
      WHERE id = ${mailbox.id}`);
  }
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
