import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Client } from '../clients/client.entity.js';
import { requireNewWork } from '../clients/clients.policy.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { Conflict, IllegalMove, NotAllowed } from '../shared/errors.js';
import { ArchiveClearing } from './archive-clearing.service.js';
import { type EventNote, SequenceDiary } from './sequence-diary.service.js';
import type { SequenceEventKind } from './sequence-events.js';
import { Sequence } from './sequence.entity.js';
import { loadApproved, lockSequence } from './sequence-loading.queries.js';
import { goOf } from './sequence-reach.queries.js';
import { type SequenceAct, sequenceMoves, type SequenceState } from './sequence-states.js';
import { mayMoveSequence } from './sequences.policy.js';

/** Launching, pausing, resuming and archiving a sequence as a whole. */
@Injectable()
export class SequenceCourse {
  constructor(
    private readonly database: Database,
    private readonly diary: SequenceDiary,
    private readonly clearing: ArchiveClearing,
    private readonly clock: Clock,
  ) {}

  /** @throws Conflict without a GO on the version people are enrolled with, or for a client that is switched off */
  launch(actor: Actor, id: string): Promise<Sequence> {
    return this.move(actor, id, 'launch', async (tx, sequence) => {
      if (sequence.state !== 'testing') throw illegal(sequence.state, 'live');
      await requireClientAtWork(tx, sequence);
      const { version } = await loadApproved(tx, sequence);
      if (!(await goOf(tx, id, version))) throw new Conflict('sequences.noGo', { version });
      sequence.launchedAt = this.clock.now();
      return ['live', 'launched'];
    });
  }

  /** Twice is the same as once: guards and people may pause at the same moment. */
  pause(actor: Actor, id: string, reason?: string): Promise<Sequence> {
    return this.move(
      actor,
      id,
      'pause',
      (_, { state }) => Promise.resolve(state === 'paused' ? null : ['paused', 'paused']),
      reason,
    );
  }

  /** Back to what it was doing: live once it was launched, else its test. */
  resume(actor: Actor, id: string): Promise<Sequence> {
    return this.move(actor, id, 'resume', async (tx, sequence) => {
      const { state, launchedAt } = sequence;
      if (state !== 'paused') throw illegal(state, 'live');
      await requireClientAtWork(tx, sequence);
      // What a guard stopped it for is behind us: it would stop it again with the same figures.
      Object.assign(sequence, { guardStop: null, guardSince: this.clock.now() });
      return [launchedAt ? 'live' : 'testing', 'resumed'];
    });
  }

  /** For good: whoever is still on their way is taken out, some at a time; the timetable goes on where it is cut off. */
  async archive(actor: Actor, id: string): Promise<Sequence> {
    const sequence = await this.move(actor, id, 'archive', () => Promise.resolve(['archived', 'archived']));
    await this.clearing.clear(actor, id);
    return sequence;
  }

  /** The same inside a caller's transaction, for what pauses a sequence by its figures. */
  async pauseIn(tx: Tx, actor: Actor, id: string, note: EventNote): Promise<void> {
    const { sequence } = await lockSequence(tx, actor, id);
    if (!sequenceMoves.allows(sequence.state, 'paused')) return;
    sequence.state = 'paused';
    await tx.entities.save(Sequence, sequence);
    await this.diary.note(tx, actor, sequence, 'paused', note);
  }

  /** How many mails of it may go in 24 h over all mailboxes; null: as many as they may. Its next mails obey. */
  limit(actor: Actor, id: string, dailyCap: number | null): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const { sequence } = await lockSequence(tx, actor, id);
      if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
      if (sequence.dailyCap === dailyCap) return sequence;
      sequence.dailyCap = dailyCap;
      await tx.entities.save(Sequence, sequence);
      await this.diary.note(tx, actor, sequence, 'limited', { details: { dailyCap } });
      return sequence;
    });
  }

  private move(
    actor: Actor,
    id: string,
    act: SequenceAct,
    lead: (tx: Tx, sequence: Sequence) => Promise<[SequenceState, SequenceEventKind] | null>,
    reason?: string,
  ): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const { sequence } = await lockSequence(tx, actor, id);
      if (!mayMoveSequence(actor, act)) throw new NotAllowed('sequences.managersOnly');
      const next = await lead(tx, sequence);
      if (next === null) return sequence;
      const [to, kind] = next;
      if (!sequenceMoves.allows(sequence.state, to)) throw illegal(sequence.state, to);
      sequence.state = to;
      await tx.entities.save(Sequence, sequence);
      await this.diary.note(tx, actor, sequence, kind, reason ? { reason } : {});
      return sequence;
    });
  }
}

async function requireClientAtWork(tx: Tx, { clientId }: Sequence): Promise<void> {
  requireNewWork(await tx.entities.findOneByOrFail(Client, { id: clientId }));
}

function illegal(from: SequenceState, to: SequenceState): IllegalMove {
  return new IllegalMove(from, to, sequenceMoves.from(from));
}
