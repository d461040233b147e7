import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { isAgency } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { StatusMoves } from '../../prospects/status/status-moves.service.js';
import { InvalidInput, NotAllowed } from '../../shared/errors.js';
import { type Outcome, outcomeOf, outcomes } from './outcomes.js';
import type { TouchInput } from './touch.dto.js';
import { Touch } from './touch.entity.js';
import { TouchLog } from './touch-log.service.js';
import { TouchUndo } from './touch-undo.service.js';

/** Clocks of machines differ; a touch is not dated further ahead than this. */
const AHEAD = 5 * 60_000;

/** Actions done outside any sequence. */
@Injectable()
export class Touches {
  constructor(
    private readonly database: Database,
    private readonly moves: StatusMoves,
    private readonly journal: TouchLog,
    private readonly undoing: TouchUndo,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for a prospect out of sight, InvalidInput naming the outcomes the channel knows */
  log(actor: Actor, prospectId: string, input: TouchInput): Promise<Touch> {
    const outcome = soundOutcome(input);
    const now = this.clock.now();
    const at = input.at === undefined ? now : new Date(input.at);
    if (at.getTime() > now.getTime() + AHEAD) throw new InvalidInput({ at: 'sequences.notInFuture' });
    return this.database.write(async (tx) => {
      const { clientId } = await this.moves.standingOf(tx, actor, prospectId);
      if (!isAgency(actor)) throw new NotAllowed();
      const { channel, note } = input;
      return this.journal.write(tx, actor, {
        clientId,
        prospectId,
        channel,
        kind: 'manual',
        at,
        outcome,
        note: note || null,
        step: null,
      });
    });
  }

  /** Within ten seconds. @throws Conflict */
  undo(actor: Actor, touchId: string): Promise<Touch> {
    return this.database.write((tx) => this.undoing.takeBack(tx, actor, touchId));
  }
}

function soundOutcome({ channel, kind, result }: TouchInput): Outcome {
  const outcome = outcomeOf(channel, result ?? kind);
  if (outcome) return outcome;
  const known = outcomes[channel].map(({ key }) => key).join(', ');
  throw new InvalidInput({
    [result === undefined ? 'kind' : 'result']: { code: 'sequences.unknownOutcome', params: { known } },
  });
}
