import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { isAgency } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { Conflict, IllegalMove, NotAllowed } from '../../shared/errors.js';
import { callbackMoment, isSameMoment, NEVER } from './callback-moment.queries.js';
import { Facts } from '../facts.service.js';
import { lastDeedOf, lastStatusOf, standingBefore } from './last-deed.queries.js';
import { refuseStale } from '../stale-version.queries.js';
import { type Move, StatusMoves, type StatusNow } from './status-moves.service.js';
import { isLegalMove, legalMovesFrom, needsDate, type ProspectStatus, statusAfterFact } from './status.js';
import type { StatusChange } from './status.dto.js';

/** How long a person may take back what they just did. */
export const UNDO_SECONDS = 10;

/** Why a fact moved a prospect. */
export type Why = Omit<Move, 'to' | 'act' | 'undoesId'>;

/** Moves prospects along: each move is a fact, an audit entry and, once committed, a piece of news. */
@Injectable()
export class Statuses {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly facts: Facts,
    private readonly moves: StatusMoves,
  ) {}

  /**
   * A person picks a status. The one they already see changes nothing, but what they wrote with it is kept as a note;
   * `later` with another day moves the day.
   * @throws NotFound; NotAllowed; IllegalMove with the statuses a person may pick; InvalidInput on `until`; Conflict when
   *   `version` is no longer the prospect's
   */
  change(actor: Actor, prospectId: string, input: StatusChange): Promise<StatusNow> {
    return this.database.write(async (tx) => {
      const standing = await this.moves.standingOf(tx, actor, prospectId);
      if (!isAgency(actor)) throw new NotAllowed();
      if (input.version !== undefined) await refuseStale(tx, standing, input.version);
      const { to, reason, note } = input;
      const when = needsDate(to) ? await callbackMoment(tx, input, this.clock.now()) : NEVER;
      if (to === standing.status && isSameMoment(when, standing)) {
        const remark = [reason, note].filter(Boolean).join('\n');
        if (remark !== '') await this.facts.append(tx, actor, noteOn(standing, remark));
        return { ...standing, version: standing.version + (remark === '' ? 0 : 1), factId: null };
      }
      if (to !== standing.status && !isLegalMove(standing.status, to, 'person'))
        throw refusedMove(standing.status, to);
      return this.moves.make(tx, actor, standing, { to, ...when, reason, note });
    });
  }

  /**
   * A fact of a room above carries the status along, in that room's transaction. A fact without a legal move leaves the
   * status as it is. Gives the status the prospect has now.
   */
  async follow(
    tx: Tx,
    actor: Actor,
    prospectId: string,
    to: ProspectStatus,
    why: Why = {},
  ): Promise<ProspectStatus> {
    const standing = await this.moves.standingOf(tx, null, prospectId);
    const next = statusAfterFact(standing.status, to);
    if (next === standing.status) return next;
    const details = { ...why.details, mover: 'fact' };
    await this.moves.make(tx, actor, standing, { ...why, to: next, details });
    return next;
  }

  /**
   * The person says no themselves. That is a fact of its own even when nobody was to contact them any more: it stands in
   * the way of whoever would take back what came before. Told again of the same mail, it is told already.
   */
  async heedOwnWord(
    tx: Tx,
    actor: Actor,
    prospectId: string,
    { source, aboutId }: { source: string; aboutId: string },
  ): Promise<void> {
    const standing = await this.moves.standingOf(tx, null, prospectId);
    const isNew = standing.status !== 'do_not_contact';
    const last = isNew ? null : await lastStatusOf(tx, prospectId);
    if (last?.aboutId === aboutId && last.reason === source) return;
    await this.moves.make(tx, actor, standing, {
      to: 'do_not_contact',
      ...(isNew ? {} : { statusAt: standing.statusAt }),
      ...{ reason: source, aboutId, isListed: true, details: { mover: 'fact' } },
    });
  }

  /**
   * Leaves `do_not_contact` by its one door, when nothing covers the person any more: back to where they stood before,
   * but into no sequence and no meeting, since lifting an opposition restarts nothing.
   */
  async release(tx: Tx, actor: Actor, prospectId: string, why: Why): Promise<void> {
    const standing = await this.moves.standingOf(tx, null, prospectId);
    if (standing.status !== 'do_not_contact') return;
    const before = await standingBefore(tx, standing.id);
    const to =
      before && isLegalMove('do_not_contact', before.status, 'suppression_list') ? before.status : 'new';
    const until = to === 'later' ? (before?.until ?? null) : null;
    const callbackAt = to === 'later' ? (before?.callbackAt ?? null) : null;
    const details = { ...why.details, mover: 'suppression_list' };
    await this.moves.make(tx, actor, standing, { ...why, to, until, callbackAt, details });
  }

  /**
   * Takes back one's own last change of status, within 10 seconds and if nobody did anything since. The change stays in
   * the history, and so does the undoing. Oppositions it entered are lifted again.
   * @throws NotFound; Conflict when there is nothing to take back, it is too late, something came after (the person’s own
   *   objection too), or another entry covers the person by now
   */
  undo(actor: Actor, prospectId: string): Promise<StatusNow> {
    return this.database.write(async (tx) => {
      const standing = await this.moves.standingOf(tx, actor, prospectId);
      const deed = await lastDeedOf(tx, prospectId);
      if (deed === null || deed.kind !== 'status' || deed.userId !== actor.userId || deed.mover !== null)
        throw new Conflict('prospects.nothingToUndo');
      const age = this.clock.now().getTime() - deed.recordedAt.getTime();
      if (age > UNDO_SECONDS * 1000) throw new Conflict('prospects.undoTooLate', { seconds: UNDO_SECONDS });
      const now = await this.moves.takeBack(tx, actor, standing, deed);
      if (now === null) throw new Conflict('prospects.stillCovered');
      return now;
    });
  }
}

function noteOn(standing: { id: string; clientId: string }, note: string) {
  return { prospectId: standing.id, clientId: standing.clientId, kind: 'note', note };
}

/** Under an opposition nobody picks a status: the sentence says what leads out of it instead. */
function refusedMove(from: ProspectStatus, to: ProspectStatus): IllegalMove {
  const legal = legalMovesFrom(from, 'person');
  return legal.length === 0
    ? new IllegalMove(from, to, legal, 'prospects.finalStatus')
    : new IllegalMove(from, to, legal);
}
