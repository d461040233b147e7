import sql from 'sql-template-tag';
import type { Actor } from '../../src/accounts/actor.js';
import { Mailer, MailRefused, type Sent } from '../../src/mail/mailer.js';
import type { OutgoingMessage } from '../../src/mail/outgoing-message.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { MailboxAccounts } from '../../src/outreach/mailboxes/mailbox-accounts.service.js';
import { OutgoingMail } from '../../src/outreach/outgoing/outgoing-mail.entity.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Engine } from '../../src/sequences/engine/engine.service.js';
import { Enrolment } from '../../src/sequences/enrolments/enrolment.entity.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { Sequence, SequenceVersion, type Step } from '../../src/sequences/sequence.entity.js';
import { sealOf } from '../../src/sequences/approval/text-seal.js';
import { newId } from '../../src/shared/id.js';
import { prospectOf } from './prospect-stories.js';
import { readyClient, type Setting } from './stories.js';
import type { World } from './world.js';

export interface EngineCast extends Setting {
  sdr: Actor;
  mailbox: Mailbox;
  sequence: Sequence;
}

/** Five mails, two business days apart. */
export const FIVE_MAILS: Omit<Step, 'id'>[] = [0, 2, 4, 6, 8].map((day, place) => ({
  day,
  channel: 'email',
  variants: [
    {
      subject: place === 0 ? 'Bonjour {{firstName}}' : `Suite ${place}`,
      body: `Bonjour {{firstName}}, message ${place + 1} pour {{companyName}}.`,
    },
  ],
}));

/** A client with a mailbox past its ramp and a live, approved sequence. */
export async function engineCast(
  world: World,
  name: string,
  has: { steps?: Omit<Step, 'id'>[]; mailbox?: Partial<Mailbox>; sequence?: Partial<Sequence> } = {},
): Promise<EngineCast> {
  const setting = await readyClient(world, name);
  const sdr = await world.person('sdr', [setting.client.id], 'Sami Sdr');
  const mailbox = await mailboxOf(world, setting.client.id, has.mailbox);
  const sequence = await liveWith(world, setting.client.id, has.steps ?? FIVE_MAILS, has.sequence);
  return { ...setting, sdr, mailbox, sequence };
}

export async function mailboxOf(
  world: World,
  clientId: string,
  has: Partial<Mailbox> = {},
): Promise<Mailbox> {
  const id = newId();
  const server = { host: '127.0.0.1', port: 25, security: 'none' as const, user: 'carnet' };
  const mailbox = {
    id,
    clientId,
    address: `lea.${id.slice(-6)}@epure.example`,
    senderName: 'Léa Martin',
    userId: null,
    smtp: server,
    imap: { ...server, folder: 'INBOX' },
    secrets: world.get(MailboxAccounts).seal(id, { smtp: 'secret', imap: 'secret' }),
    dailyCap: 50,
    rampStartedOn: '2026-01-01',
    gapMinSeconds: 180,
    gapMaxSeconds: 600,
    state: 'active',
    createdAt: world.clock.now(),
    version: 1,
    ...has,
  } as Mailbox;
  await world.database.write((tx) => tx.entities.insert(Mailbox, mailbox));
  return world.database.read((db) => db.entities.findOneByOrFail(Mailbox, { id }));
}

export async function liveWith(
  world: World,
  clientId: string,
  steps: Omit<Step, 'id'>[],
  has: Partial<Sequence> = {},
): Promise<Sequence> {
  const id = newId();
  const now = world.clock.now();
  const sealed = steps.map((step) => ({ ...step, id: newId() }));
  const locale = has.locale ?? 'fr';
  await world.database.write(async (tx) => {
    await tx.entities.insert(Sequence, {
      id,
      clientId,
      name: 'Directeurs de site',
      state: 'live',
      locale,
      version: 1,
      approvedVersion: 1,
      createdAt: now,
      launchedAt: now,
      ...has,
    });
    await tx.entities.insert(SequenceVersion, {
      id: newId(),
      sequenceId: id,
      version: 1,
      state: 'approved',
      steps: sealed,
      notice: null,
      createdAt: now,
      approvedAt: now,
      approvedSeal: sealOf({ locale, notice: null, steps: sealed }),
    });
  });
  return world.database.read((db) => db.entities.findOneByOrFail(Sequence, { id }));
}

let serial = 0;

/** Somebody with an address of their own company. */
export function addressee(
  world: World,
  clientId: string,
  has: Parameters<typeof prospectOf>[2] = {},
): Promise<string> {
  serial += 1;
  return prospectOf(world, clientId, {
    firstName: 'Claire',
    fullName: `Claire Roux ${serial}`,
    email: `claire.${serial}@societe-${serial}.example`,
    timeZone: 'Europe/Paris',
    country: 'FR',
    ...has,
  });
}

/** Enrolled through the guard. Gives the enrolments in the order of the people. */
export async function enrolAll(world: World, cast: EngineCast, prospectIds: string[]): Promise<Enrolment[]> {
  const { skipped } = await world.get(Enrolments).enrol(cast.sdr, cast.sequence.id, prospectIds);
  if (skipped.length > 0) throw new Error(`left out: ${JSON.stringify(skipped[0])}`);
  return Promise.all(prospectIds.map((prospectId) => enrolmentIn(world, cast.sequence.id, prospectId)));
}

export function enrolmentIn(world: World, sequenceId: string, prospectId: string): Promise<Enrolment> {
  return world.database.read((db) => db.entities.findOneByOrFail(Enrolment, { sequenceId, prospectId }));
}

export function mailsTo(world: World, prospectId: string): Promise<OutgoingMail[]> {
  return world.database.read((db) =>
    db.entities.find(OutgoingMail, { where: { prospectId }, order: { claimedAt: 'ASC', id: 'ASC' } }),
  );
}

export function prospectNow(world: World, id: string): Promise<Prospect> {
  return world.database.read((db) => db.entities.findOneByOrFail(Prospect, { id }));
}

/** One tick at an instant. */
export function tickAt(world: World, at: string | Date): Promise<{ delivered: number }> {
  world.clock.set(at);
  return world.get(Engine).tick(world.clock.now());
}

export interface Posted {
  key: string;
  mail: OutgoingMessage;
  at: Date;
}

/** A mailer that keeps what it is given, and answers as the story wants. */
export class StoryMailer {
  readonly posted: Posted[] = [];
  /** Throws what the server says; gives nothing to take the mail. */
  answer: (mail: OutgoingMessage) => Promise<void> | void = () => undefined;
}

/** Puts a mailer of ours in the place of the application's. */
export function storyMailer(world: World): StoryMailer {
  const story = new StoryMailer();
  const mailer = world.get(Mailer) as { -readonly [K in keyof Mailer]: Mailer[K] };
  mailer.isLive = true;
  mailer.send = async (account, mail): Promise<Sent> => {
    await story.answer(mail);
    story.posted.push({ key: account.key, mail, at: world.clock.now() });
    return { messageId: mail.messageId, response: '250 OK', at: world.clock.now() };
  };
  return story;
}

export function refusal(
  kind: 'bounce_hard' | 'bounce_soft' | 'sender_blocked',
  status: string,
  has: { isUncertain?: boolean; isTransient?: boolean } = {},
): MailRefused {
  return new MailRefused(`${status} refused`, {
    status,
    kind,
    isUncertain: false,
    isTransient: false,
    ...has,
  });
}

/** The sequences of the stories told before rest: each story hears its own mail alone. */
export async function quietOthers(world: World): Promise<void> {
  await world.database.write((tx) => tx.run(sql`UPDATE sequence SET state = 'archived'`));
}
