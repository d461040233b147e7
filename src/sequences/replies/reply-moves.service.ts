import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { maybe, text, word } from '../../database/rows.js';
import { isHuman } from '../../mail/mail-class.js';
import { callbackMoment, NEVER } from '../../prospects/status/callback-moment.queries.js';
import { Facts } from '../../prospects/facts.service.js';
import { isOvertaken } from '../../prospects/status/last-deed.queries.js';
import { StatusMoves } from '../../prospects/status/status-moves.service.js';
import { UNDO_SECONDS } from '../../prospects/status/status.service.js';
import { type ProspectStatus, statusAfterFact } from '../../prospects/status/status.js';
import { Conflict } from '../../shared/errors.js';
import { ReplyEffects } from './reply-effects.service.js';
import { statusForReply } from './reply-status.js';
import type { TriageInput } from './triage.dto.js';
import type { OwnedMail } from './held-mail.queries.js';

/** Where an answer takes the prospect, and the way back. */
@Injectable()
export class ReplyMoves {
  constructor(
    private readonly statusMoves: StatusMoves,
    private readonly facts: Facts,
    private readonly effects: ReplyEffects,
    private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  /** A status the prospect cannot take from where they stand (a meeting is booked) leaves them there. */
  async follow(tx: Tx, actor: Actor, mail: OwnedMail, said: TriageInput, now: Date): Promise<void> {
    const standing = await this.statusMoves.standingOf(tx, null, mail.prospectId);
    const wanted = statusForReply(said.class);
    const when = said.class === 'later' ? await callbackMoment(tx, said, now) : NEVER;
    const to = wanted === null ? standing.status : statusAfterFact(standing.status, wanted);
    const isMoved = to !== standing.status || (to === 'later' && said.class === 'later');
    const about = { aboutId: mail.id, reason: said.class, note: said.note ?? null };
    if (isMoved) {
      const details = { mover: 'fact' };
      await this.statusMoves.make(tx, actor, standing, { to, ...when, ...about, at: now, details });
    } else {
      // Nothing moves, and yet somebody has read it: what they said stands in the history.
      const { id: prospectId, clientId } = standing;
      await this.facts.append(tx, actor, { prospectId, clientId, kind: 'reply.understood', ...about });
    }
  }

  /**
   * @throws Conflict when it is another's, too old, an opposition, or something happened since: the person's own objection
   *   too
   */
  async takeBack(tx: Tx, actor: Actor, mail: OwnedMail): Promise<void> {
    const { prospectId } = mail;
    if (mail.handledAt === null || mail.handledBy !== actor.userId || mail.humanClass === 'unsubscribe')
      throw new Conflict('prospects.nothingToUndo');
    if (this.clock.now().getTime() - mail.handledAt.getTime() > UNDO_SECONDS * 1000)
      throw new Conflict('prospects.undoTooLate', { seconds: UNDO_SECONDS });
    const moved = await tx.rows(
      sql`SELECT a.id, a.from_status FROM activity a WHERE a.prospect_id = ${prospectId} AND a.kind IN ('status', 'reply.understood')
          AND a.about_id = ${mail.id} AND a.user_id = ${actor.userId} AND a.recorded_at >= ${mail.handledAt}
          AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) ORDER BY a.id DESC`,
      { id: text, fromStatus: maybe(word<ProspectStatus>()) },
    );
    // Held first, so that who objects at this moment has done so, or waits.
    await this.statusMoves.standingOf(tx, null, prospectId);
    const said = moved.at(-1);
    if (said && (await isOvertaken(tx, prospectId, said.id, [mail.id])))
      throw new Conflict('prospects.nothingToUndo');
    await this.moveBack(tx, actor, mail, moved);
    // The machine had taken it for no answer at all: what the person's word stopped goes on.
    if (!isHuman(mail.machineClass)) await this.effects.takeBackStop(tx, mail);
  }

  /** In one move, to where the first of them began: what lies between would be news to nobody. */
  private async moveBack(
    tx: Tx,
    actor: Actor,
    { id: aboutId, prospectId, clientId }: OwnedMail,
    moved: readonly { id: string; fromStatus: ProspectStatus | null }[],
  ): Promise<void> {
    const first = moved.findLast(({ fromStatus }) => fromStatus !== null);
    for (const { id: undoesId } of moved.filter((one) => one !== first))
      await this.facts.append(tx, actor, { prospectId, clientId, kind: 'undo', undoesId, aboutId });
    if (first === undefined) return;
    const standing = await this.statusMoves.standingOf(tx, null, prospectId);
    await this.statusMoves.make(tx, actor, standing, { to: first.fromStatus!, undoesId: first.id, aboutId });
  }
}
