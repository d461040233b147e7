import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Actor } from '../../accounts/actor.js';
import { agencyClock } from '../../accounts/agency.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { Conflict, InvalidInput } from '../../shared/errors.js';
import { type Outcome, outcomes, pickedOutcome } from './outcomes.js';
import type { TouchInput } from './touch.dto.js';
import { Touch } from './touch.entity.js';
import { ChannelClosed } from './touch.events.js';
import { TouchGate } from './touch-gate.service.js';
import { TouchLog } from './touch-log.service.js';
import { twinOf } from './touch-twin.queries.js';
import { TouchUndo } from './touch-undo.service.js';

/** Clocks of machines differ; a touch is not dated further ahead than this. */
const AHEAD = 5 * 60_000;
/** What is older was not meant: the year is easily mistyped. */
const YEARS_AGO = 10;

/** Actions done outside any sequence. */
@Injectable()
export class Touches {
  constructor(
    private readonly database: Database,
    private readonly gate: TouchGate,
    private readonly journal: TouchLog,
    private readonly undoing: TouchUndo,
    private readonly clock: Clock,
  ) {}

  /**
   * The same click again gives the touch the first one wrote.
   * @throws NotFound for a prospect out of sight; InvalidInput naming the outcomes the channel knows, or on `at`;
   *   Conflict for a person who objected, or `clickKeyUsed` for a key that came with something else
   */
  async log(actor: Actor, prospectId: string, input: TouchInput): Promise<Touch> {
    const outcome = soundOutcome(input);
    return this.database.write((tx) => this.logIn(tx, actor, prospectId, input, outcome));
  }

  private async logIn(
    tx: Tx,
    actor: Actor,
    prospectId: string,
    input: TouchInput,
    outcome: Outcome,
  ): Promise<Touch> {
    const { channel, clickKey } = input;
    const standing = await this.gate.open(tx, actor, prospectId);
    const at = await this.momentOf(tx, input.at);
    const note = input.note || null;
    const twin = await twinOf(tx, actor, prospectId, clickKey);
    if (twin) {
      if (isSame(twin, { channel, outcome, note, at: input.at ? at : null })) return twin;
      throw new Conflict('prospects.clickKeyUsed');
    }
    await this.gate.refuseOpposed(tx, standing, channel);
    // What was done before they said to come back later does not call that off.
    const isOvertaken = standing.status === 'later' && at < standing.statusAt && !outcome.isOptOut;
    if (outcome.closesChannel) tx.announce(new ChannelClosed(prospectId));
    return this.journal.write(tx, actor, {
      ...{ clientId: standing.clientId, prospectId, channel, kind: 'manual', at, note, step: null, clickKey },
      outcome: isOvertaken ? { ...outcome, status: null } : outcome,
    });
  }

  /** Within ten seconds. @throws Conflict */
  undo(actor: Actor, touchId: string): Promise<Touch> {
    return this.database.write((tx) => this.undoing.takeBack(tx, actor, touchId));
  }

  private async momentOf(db: Db, said: string | undefined): Promise<Date> {
    const now = this.clock.now();
    // Said by a program, nothing may be a null.
    if (!said) return now;
    const { timeZone } = await agencyClock(db);
    const at = DateTime.fromISO(said, { zone: timeZone });
    if (!at.isValid) throw new InvalidInput({ at: 'isISO8601' });
    if (at.toMillis() > now.getTime() + AHEAD) throw new InvalidInput({ at: 'sequences.notInFuture' });
    if (at < DateTime.fromJSDate(now).minus({ years: YEARS_AGO }))
      throw new InvalidInput({ at: { code: 'prospects.touchTooOld', params: { years: YEARS_AGO } } });
    return at.toJSDate();
  }
}

function isSame(
  twin: Touch,
  { channel, outcome, note, at }: { channel: string; outcome: Outcome; note: string | null; at: Date | null },
): boolean {
  const isThen = at === null || twin.at.getTime() === at.getTime();
  return twin.channel === channel && twin.result === outcome.key && twin.note === note && isThen;
}

function soundOutcome({ channel, kind, result }: TouchInput): Outcome {
  const outcome = pickedOutcome(channel, result ?? kind);
  if (outcome) return outcome;
  const known = outcomes[channel].map(({ key }) => key).join(', ');
  throw new InvalidInput({
    [result === undefined ? 'kind' : 'result']: { code: 'sequences.unknownOutcome', params: { known } },
  });
}
