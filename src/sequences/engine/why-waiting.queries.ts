import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql, { join } from 'sql-template-tag';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { text, word } from '../../database/rows.js';
import { useOf } from '../../outreach/mailboxes/mailbox-use.queries.js';
import { Mailbox } from '../../outreach/mailboxes/mailbox.entity.js';
import type { OutgoingState } from '../../outreach/outgoing/outgoing-state.js';
import { type Budget, budgetOf } from '../../outreach/mailboxes/send-budget.js';
import { NotFound } from '../../shared/errors.js';
import { openSequences } from './due-mail.queries.js';
import { closedChannelsIn } from '../enrolments/closed-channels.queries.js';
import { enrolmentRows } from '../enrolments/enrolment-row.queries.js';
import type { Enrolment } from '../enrolments/enrolment.entity.js';
import { touchesInEach } from '../enrolments/enrolments.queries.js';
import { Sequence, SequenceVersion } from '../sequence.entity.js';
import { isRunning, stateFor } from '../sequence-states.js';
import { passedOver } from './closed-channels.js';
import { type PassedOver, type WhyWaiting, whyWaiting } from './why-waiting.js';

/** A mailbox with what it may send now. */
type Standing = Pick<Mailbox, 'id' | 'state' | 'pausedReason'> & { budget: Budget };

/** "Why is this not going out?", one line for every enrolment that waits. */
@Injectable()
export class WhyWaitings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Enrolment id → why; those that are over are not in it. All of one client. @throws NotFound out of sight */
  of(actor: Actor, clientId: string, enrolmentIds: readonly string[]): Promise<Map<string, WhyWaiting>> {
    if (!seesClient(actor, clientId)) throw new NotFound();
    if (enrolmentIds.length === 0) return Promise.resolve(new Map<string, WhyWaiting>());
    return this.database.read(async (db) => {
      const now = this.clock.now();
      const ids = join([...enrolmentIds]);
      const open = await enrolmentRows(
        db,
        sql`WHERE e.id IN (${ids}) AND e.client_id = ${clientId} AND e.state <> 'finished'`,
      );
      const client = await db.entities.findOneByOrFail(Client, { id: clientId });
      const sequences = await sequencesOf(db, open);
      const mailboxes = await standingsOf(db, client, now);
      const mails = await mailsUnderWay(db, open);
      const passed = await passedOverIn(db, open);
      const hasRoom = new Set((await openSequences(db, clientId, now)).map(({ id }) => id));
      return new Map(
        open.map((one) => [
          one.id,
          whyOf(one, {
            client,
            sequence: sequences.get(one.sequenceId)!,
            mailboxes,
            mail: mails.get(one.id),
            passedOver: passed.get(one.id) ?? [],
            hasRoom,
            now,
          }),
        ]),
      );
    });
  }
}

function whyOf(
  enrolment: Enrolment,
  open: {
    client: Client;
    sequence: Sequence;
    mailboxes: Standing[];
    mail: OutgoingState | undefined;
    passedOver: PassedOver[];
    hasRoom: ReadonlySet<string>;
    now: Date;
  },
): WhyWaiting {
  const { sequence, mailboxes, now } = open;
  const own = mailboxes.filter(({ id, pausedReason }) =>
    enrolment.mailboxId === null ? pausedReason !== 'retired' : id === enrolment.mailboxId,
  );
  return whyWaiting({
    state: enrolment.state === 'paused' ? 'paused' : 'active',
    reason: enrolment.reason,
    pausedUntil: enrolment.pausedUntil,
    waitReason: enrolment.waitReason,
    channel: enrolment.nextChannel,
    dueAt: enrolment.dueAt,
    isClientOff: open.client.switchedOffAt !== null,
    isRunning: isRunning(stateFor(enrolment, sequence.state)),
    isBehindTest: sequence.state === 'testing' && !enrolment.isTest,
    isGuardStop: sequence.guardStop !== null,
    fullAt: open.hasRoom.has(sequence.id) ? null : sequence.dailyCap,
    mail: open.mail ?? null,
    mailboxes: own.map(({ state, pausedReason, budget }) => ({ state, pausedReason, ...budget })),
    passedOver: open.passedOver,
    now,
  });
}

/** Enrolment id → the channels of its steps ahead that are closed; few have any. */
async function passedOverIn(db: Db, open: readonly Enrolment[]): Promise<Map<string, PassedOver[]>> {
  const closed = await closedChannelsIn(
    db,
    open.map(({ id }) => id),
  );
  const touches = await touchesInEach(db, [...closed.keys()]);
  const passed = new Map<string, PassedOver[]>();
  for (const { id, sequenceVersionId } of open.filter((one) => closed.has(one.id))) {
    const { steps } = await db.entities.findOneByOrFail(SequenceVersion, { id: sequenceVersionId });
    const done = Math.max(0, ...(touches.get(id) ?? []).map(({ position }) => position));
    passed.set(id, passedOver(steps, closed.get(id)!, done));
  }
  return passed;
}

async function sequencesOf(db: Db, open: readonly Enrolment[]): Promise<Map<string, Sequence>> {
  const found = new Map<string, Sequence>();
  for (const id of new Set(open.map(({ sequenceId }) => sequenceId))) {
    found.set(id, await db.entities.findOneByOrFail(Sequence, { id }));
  }
  return found;
}

async function standingsOf(db: Db, client: Client, now: Date): Promise<Standing[]> {
  const mailboxes = await db.entities.findBy(Mailbox, { clientId: client.id });
  const today = DateTime.fromJSDate(now, { zone: client.timeZone }).toISODate()!;
  const standings: Standing[] = [];
  for (const mailbox of mailboxes) {
    const use = await useOf(db, mailbox.id, client.timeZone, now);
    const { id, state, pausedReason } = mailbox;
    standings.push({ id, state, pausedReason, budget: budgetOf(mailbox, use, today, now) });
  }
  return standings;
}

async function mailsUnderWay(db: Db, open: readonly Enrolment[]): Promise<Map<string, OutgoingState>> {
  const undated = open.filter(({ dueAt }) => dueAt === null).map(({ id }) => id);
  if (undated.length === 0) return new Map();
  const rows = await db.rows(
    sql`SELECT enrolment_id, state FROM outgoing_mail WHERE enrolment_id IN (${join(undated)})
          AND state IN ('claimed', 'sending', 'uncertain')`,
    { enrolmentId: text, state: word<OutgoingState>() },
  );
  return new Map(rows.map(({ enrolmentId, state }) => [enrolmentId, state]));
}
