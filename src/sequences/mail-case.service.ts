import { Injectable } from '@nestjs/common';
import { Client } from '../clients/client.entity.js';
import type { Db } from '../database/db.js';
import { Courtesy } from '../outreach/courtesy.queries.js';
import { domainFullUntil } from '../outreach/mailbox-use.queries.js';
import type { Mailbox } from '../outreach/mailbox.entity.js';
import { OutgoingMails } from '../outreach/outgoing-mails.service.js';
import { Suppressions } from '../prospects/suppressions.service.js';
import { emailDomain } from '../shared/email-address.js';
import { newId } from '../shared/id.js';
import { type ApprovedTexts, ApprovedTextsShelf } from './approved-texts.service.js';
import { placeOf, planEnrolment, type PlanSource } from './enrolment-plan.js';
import { planSource } from './enrolment-planner.service.js';
import type { Enrolment } from './enrolment.entity.js';
import { touchesIn } from './enrolments.queries.js';
import { type WrittenMail, writeMail } from './mail-writing.js';
import type { NextStep, PlannedStep } from './next-step.js';
import { type Person, personsOf } from './person.queries.js';
import { isInWindow, jitterOf, nextOpening } from './send-window.js';
import { Sequence, SequenceVersion, type Step } from './sequence.entity.js';
import { chooseVariant } from './variant-choice.js';
import type { PutOff } from './wait-reason.js';

/** What many enrolments share, read once a transaction. */
export class SharedRows {
  /** Prospect id → held by courtesy until. */
  held: ReadonlyMap<string, Date> = new Map();
  private readonly rows = new Map<string, Promise<unknown>>();

  read<T>(id: string, load: () => Promise<T>): Promise<T> {
    const known = this.rows.get(id) ?? load();
    this.rows.set(id, known);
    return known as Promise<T>;
  }
}

/** A mail ready to be claimed. */
export interface ReadyMail {
  id: string;
  person: Person;
  step: Step;
  position: number;
  attempt: number;
  variant: number;
  mail: Extract<WrittenMail, { isComplete: true }>;
  /** What the plan was made from, so that the next date needs no second reading. */
  source: PlanSource;
}

/** What the engine finds when it looks at a due enrolment. */
export type MailCase =
  | { kind: 'ready'; ready: ReadyMail }
  /** Not now: look again then. */
  | { kind: 'put_off'; until: Date; reason: PutOff }
  /** It is another date, another channel, or over: as the facts say. */
  | { kind: 'planned'; next: NextStep };

/** Asks everything that may stop or delay one mail, in the transaction that will claim it. Writes nothing. */
@Injectable()
export class MailCases {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly courtesy: Courtesy,
    private readonly shelf: ApprovedTextsShelf,
    private readonly outgoing: OutgoingMails,
  ) {}

  /** For the enrolments one transaction looks at: who is held by courtesy is asked for all of them at once. */
  async shareFor(db: Db, prospectIds: readonly string[]): Promise<SharedRows> {
    const shared = new SharedRows();
    shared.held = await this.courtesy.heldAmong(db, prospectIds);
    return shared;
  }

  async judge(
    db: Db,
    enrolment: Enrolment,
    mailbox: Mailbox,
    now: Date,
    shared: SharedRows,
  ): Promise<MailCase> {
    const { prospectId, clientId, sequenceId, sequenceVersionId } = enrolment;
    const sequence = await shared.read(sequenceId, () =>
      db.entities.findOneByOrFail(Sequence, { id: sequenceId }),
    );
    const client = await shared.read(clientId, () => db.entities.findOneByOrFail(Client, { id: clientId }));
    const [person] = await personsOf(db, clientId, [prospectId]);
    const texts = await this.shelf.of(db, sequenceVersionId, sequence, client);
    const steps = texts?.steps ?? (await stepsOf(db, sequenceVersionId));
    const objected = (await this.suppressions.objectionsOf(db, [person!])).get(prospectId) ?? [];
    const plain = planSource({ enrolment, sequence, steps, person: person!, client }, objected);
    const source = { ...plain, touches: await touchesIn(db, enrolment.id) };
    const next = planEnrolment(source, now);
    if (next.kind !== 'due' || next.step.channel !== 'email') return { kind: 'planned', next };
    const slots = slotsOf(enrolment, placeOf(person!, client), now);
    const hold = await this.holdOf(db, enrolment, person!, slots, { now, held: shared.held });
    if (hold) return hold;
    if (!texts) return slots.putOff(new Date(now.getTime() + 3_600_000), 'not_approved');
    return this.write(enrolment, { next, person: person!, texts, mailbox, source }, slots);
  }

  private async holdOf(
    db: Db,
    { clientId }: Enrolment,
    person: Person,
    slots: Slots,
    { now, held }: { now: Date; held: ReadonlyMap<string, Date> },
  ): Promise<MailCase | null> {
    if (!slots.isOpen) return slots.putOff(now, 'window');
    const until = held.get(person.id);
    if (until) return slots.putOff(until, 'courtesy');
    const full = await domainFullUntil(db, clientId, emailDomain(person.email!), now);
    return full && slots.putOff(full, 'domain_full');
  }

  private write(
    enrolment: Enrolment,
    open: {
      next: { step: PlannedStep; attempt: number };
      person: Person;
      texts: ApprovedTexts;
      mailbox: Mailbox;
      source: PlanSource;
    },
    slots: Slots,
  ): MailCase {
    const { next, person, texts, mailbox, source } = open;
    const { position } = next.step;
    const step = texts.steps[position - 1]!;
    const variant = chooseVariant(enrolment.id, step.id, step.variants.length);
    const id = newId();
    const context = { ...texts.context, senderName: mailbox.senderName };
    const mail = writeMail(
      texts.messages[position - 1]![variant]!,
      person,
      context,
      this.outgoing.optOutUrl(id),
    );
    if (!mail.isComplete) return slots.putOff(slots.inAnHour, 'missing_field');
    return {
      kind: 'ready',
      ready: { id, person, step, position, attempt: next.attempt, variant, mail, source },
    };
  }
}

async function stepsOf(db: Db, versionId: string): Promise<Step[]> {
  return (await db.entities.findOneByOrFail(SequenceVersion, { id: versionId })).steps;
}

interface Slots {
  isOpen: boolean;
  inAnHour: Date;
  putOff: (until: Date, reason: PutOff) => Extract<MailCase, { kind: 'put_off' }>;
}

/** The opening hours of one person; a mail that misses its slot goes some way after the next opening. */
function slotsOf(enrolment: Enrolment, place: Parameters<typeof isInWindow>[1], now: Date): Slots {
  return {
    isOpen: isInWindow(now, place),
    inAnHour: new Date(now.getTime() + 3_600_000),
    putOff: (until, reason) => {
      const opening = nextOpening(until, place);
      const jitter = opening > until ? jitterOf(`${enrolment.id}:${opening.getTime()}`) : 0;
      return { kind: 'put_off', until: new Date(opening.getTime() + jitter), reason };
    },
  };
}
