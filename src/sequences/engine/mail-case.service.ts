import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import type { Db } from '../../database/db.js';
import { Courtesy } from '../../outreach/courtesy.queries.js';
import { domainsUse } from '../../outreach/mailboxes/mailbox-use.queries.js';
import type { Mailbox } from '../../outreach/mailboxes/mailbox.entity.js';
import { OutgoingMails } from '../../outreach/outgoing/outgoing-mails.service.js';
import { domainFullUntil } from '../../outreach/mailboxes/send-budget.js';
import { Suppressions } from '../../prospects/suppression/suppressions.service.js';
import { emailDomain } from '../../shared/email-address.js';
import { newId } from '../../shared/id.js';
import { type ApprovedTexts, ApprovedTextsShelf } from '../approval/approved-texts.service.js';
import { closedChannelsIn } from '../enrolments/closed-channels.queries.js';
import { placeOf, planEnrolment, type PlanSource } from '../enrolments/enrolment-plan.js';
import { planSource } from '../enrolments/enrolment-planner.service.js';
import type { Enrolment } from '../enrolments/enrolment.entity.js';
import { touchesInEach } from '../enrolments/enrolments.queries.js';
import { type WrittenMail, writeMail } from '../writing/mail-writing.js';
import type { NextStep, PlannedStep, StepTouch } from './next-step.js';
import { type Person, personsOf } from '../writing/person.queries.js';
import { isInWindow, jitterOf, nextOpening } from './send-window.js';
import { Sequence, SequenceVersion, type Step } from '../sequence.entity.js';
import { chooseVariant } from './variant-choice.js';
import type { PutOff } from './wait-reason.js';

/** All that decides about the enrolments one transaction holds, of one client: each question asked once for all of them. */
export interface HeldRows {
  client: Client;
  /** By id. */
  sequences: ReadonlyMap<string, Sequence>;
  /** By the id of the version; no texts: nobody approved it. */
  versions: ReadonlyMap<string, { steps: Step[]; texts: ApprovedTexts | null }>;
  /** By the prospect's id. */
  people: ReadonlyMap<string, Person>;
  objected: ReadonlyMap<string, PlanSource['objected']>;
  /** Prospect id → held by courtesy until. */
  courtesy: ReadonlyMap<string, Date>;
  /** Enrolment id → the tries made in it. */
  touches: ReadonlyMap<string, StepTouch[]>;
  /** Enrolment id → the channels that proved useless. */
  closedChannels: ReadonlyMap<string, PlanSource['closedChannels']>;
  /** Domain → when it was written to in 24 h, latest first: the claims of this transaction are added as they are made. */
  domains: ReadonlyMap<string, Date[]>;
}

/** A mail ready to be claimed. */
export interface ReadyMail {
  id: string;
  token: string;
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

/** Asks everything that may stop or delay mails, in the transaction that will claim them. Writes nothing. */
@Injectable()
export class MailCases {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly courtesy: Courtesy,
    private readonly shelf: ApprovedTextsShelf,
    private readonly outgoing: OutgoingMails,
  ) {}

  /** Reads what decides about these enrolments, which the caller holds. */
  async open(db: Db, client: Client, enrolments: readonly Enrolment[], now: Date): Promise<HeldRows> {
    const ids = enrolments.map(({ prospectId }) => prospectId);
    const enrolmentIds = enrolments.map(({ id }) => id);
    const people = await personsOf(db, client.id, ids);
    const addresses = people.flatMap(({ email }) => (email === null ? [] : [emailDomain(email)]));
    const sequenceIds = [...new Set(enrolments.map(({ sequenceId }) => sequenceId))];
    const sequences = await db.entities.findBy(Sequence, { id: In(sequenceIds) });
    const sequencesById = new Map(sequences.map((sequence) => [sequence.id, sequence]));
    return {
      client,
      sequences: sequencesById,
      versions: await this.versionsOf(db, client, enrolments, sequencesById),
      people: new Map(people.map((person) => [person.id, person])),
      objected: await this.suppressions.objectionsOf(db, people),
      courtesy: await this.courtesy.heldAmong(db, ids),
      touches: await touchesInEach(db, enrolmentIds),
      closedChannels: await closedChannelsIn(db, enrolmentIds),
      domains: await domainsUse(db, client.id, addresses, now),
    };
  }

  judge(enrolment: Enrolment, mailbox: Mailbox, now: Date, held: HeldRows): MailCase {
    const { client } = held;
    const sequence = held.sequences.get(enrolment.sequenceId)!;
    const person = held.people.get(enrolment.prospectId)!;
    const { texts, steps } = held.versions.get(enrolment.sequenceVersionId)!;
    const objected = held.objected.get(person.id) ?? [];
    const plain = planSource({ enrolment, sequence, steps, person, client }, objected);
    const source = {
      ...plain,
      touches: held.touches.get(enrolment.id) ?? [],
      closedChannels: held.closedChannels.get(enrolment.id) ?? [],
    };
    const next = planEnrolment(source, now);
    if (next.kind !== 'due' || next.step.channel !== 'email') return { kind: 'planned', next };
    const slots = slotsOf(enrolment, placeOf(person, client), now);
    const hold = holdOf(person, slots, held, now);
    if (hold) return hold;
    if (!texts) return slots.putOff(slots.inAnHour, 'not_approved');
    return this.write(enrolment, { next, person, texts, mailbox, source }, slots);
  }

  private async versionsOf(
    db: Db,
    client: Client,
    enrolments: readonly Enrolment[],
    sequences: ReadonlyMap<string, Sequence>,
  ): Promise<HeldRows['versions']> {
    const versions = new Map<string, { steps: Step[]; texts: ApprovedTexts | null }>();
    for (const { sequenceVersionId: id, sequenceId } of enrolments) {
      if (versions.has(id)) continue;
      const texts = await this.shelf.of(db, id, sequences.get(sequenceId)!, client);
      versions.set(id, { texts, steps: texts?.steps ?? (await stepsOf(db, id)) });
    }
    return versions;
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
    const token = this.outgoing.tokenOf(id);
    const context = { ...texts.context, senderName: mailbox.senderName };
    const message = texts.messages[position - 1]![variant]!;
    const mail = writeMail(message, person, context, this.outgoing.optOutUrl(token));
    if (!mail.isComplete) return slots.putOff(slots.inAnHour, 'missing_field');
    return {
      kind: 'ready',
      ready: { id, token, person, step, position, attempt: next.attempt, variant, mail, source },
    };
  }
}

/** What holds a due mail of this person back: the hour, another client's touch, a company written to enough. */
function holdOf(person: Person, slots: Slots, held: HeldRows, now: Date): MailCase | null {
  if (!slots.isOpen) return slots.putOff(now, 'window');
  const until = held.courtesy.get(person.id);
  if (until) return slots.putOff(until, 'courtesy');
  const full = domainFullUntil(held.domains.get(emailDomain(person.email!)) ?? []);
  return full && slots.putOff(full, 'domain_full');
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
