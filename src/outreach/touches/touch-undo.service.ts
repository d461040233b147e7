import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { instant, json, maybe, text, word } from '../../database/rows.js';
import { Facts } from '../../prospects/facts.service.js';
import { isOvertaken } from '../../prospects/status/last-deed.queries.js';
import { StatusMoves } from '../../prospects/status/status-moves.service.js';
import { UNDO_SECONDS } from '../../prospects/status/status.service.js';
import type { ProspectStatus } from '../../prospects/status/status.js';
import { Conflict, NotFound } from '../../shared/errors.js';
import { Touch } from './touch.entity.js';

/** Takes back one's own last touch. The facts stay, with others that undo them; the claim on the step is given up. */
@Injectable()
export class TouchUndo {
  constructor(
    private readonly facts: Facts,
    private readonly moves: StatusMoves,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFound; Conflict when it is another's, too old, something happened since (the person's own objection too), or
   *   another entry covers the person by now
   */
  async takeBack(tx: Tx, actor: Actor, touchId: string): Promise<Touch> {
    const touch = await tx.entities.findOneBy(Touch, { id: touchId });
    if (!touch || !seesClient(actor, touch.clientId)) throw new NotFound();
    const { clientId, prospectId } = touch;
    await this.moves.standingOf(tx, actor, prospectId);
    // Of two clicks of one moment, the second finds the touch gone.
    if (!(await tx.entities.existsBy(Touch, { id: touchId }))) throw new Conflict('prospects.nothingToUndo');
    const fact = await tx.row(
      sql`SELECT id, user_id, recorded_at FROM activity WHERE prospect_id = ${prospectId} AND kind = 'touch' AND about_id = ${touchId}`,
      { id: text, userId: maybe(text), recordedAt: instant },
    );
    if (!fact || fact.userId !== actor.userId) throw new Conflict('prospects.nothingToUndo');
    const age = this.clock.now().getTime() - fact.recordedAt.getTime();
    if (age > UNDO_SECONDS * 1000) throw new Conflict('prospects.undoTooLate', { seconds: UNDO_SECONDS });
    const ended =
      touch.enrolmentId === null ? await endedSince(tx, prospectId, fact.id) : [touch.enrolmentId];
    const followers = [touchId, ...ended];
    if (await isOvertaken(tx, prospectId, fact.id, followers)) throw new Conflict('prospects.nothingToUndo');
    await this.undoFollowers(tx, actor, touch, fact.id);
    await this.facts.append(tx, actor, {
      clientId,
      prospectId,
      kind: 'undo',
      aboutId: touchId,
      undoesId: fact.id,
    });
    await tx.run(sql`DELETE FROM touch WHERE id = ${touchId}`);
    return touch;
  }

  /** What the touch brought along: statuses it moved, the end of its enrolment. The latest goes first. */
  private async undoFollowers(tx: Tx, actor: Actor, touch: Touch, since: string): Promise<void> {
    const { clientId, prospectId } = touch;
    const followers = await tx.rows(
      sql`SELECT a.id, a.kind, a.from_status, a.details FROM activity a WHERE a.prospect_id = ${prospectId} AND a.id > ${since}
            AND a.kind IN ('status', 'enrolment.finished')
            AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.prospect_id = ${prospectId} AND u.undoes_id = a.id)
          ORDER BY a.id DESC`,
      {
        id: text,
        kind: text,
        fromStatus: maybe(word<ProspectStatus>()),
        details: maybe(json<{ suppressionIds?: string[] }>()),
      },
    );
    for (const { id, kind, fromStatus, details } of followers) {
      if (kind === 'status' && fromStatus) {
        const standing = await this.moves.standingOf(tx, null, prospectId);
        // What the move put on the list of oppositions is lifted with it.
        await this.moves.liftEntries(tx, actor, standing, details?.suppressionIds ?? []);
        if (await this.moves.isHeld(tx, standing)) throw new Conflict('prospects.stillCovered');
        await this.moves.make(tx, actor, standing, { to: fromStatus, undoesId: id, aboutId: touch.id });
      } else await this.facts.append(tx, actor, { clientId, prospectId, kind: 'undo', undoesId: id });
    }
  }
}

/** The enrolments of a person that had no step left once the touch had closed its channel: about them are its followers. */
async function endedSince(tx: Tx, prospectId: string, factId: string): Promise<string[]> {
  const ended = await tx.rows(
    sql`SELECT about_id FROM activity WHERE prospect_id = ${prospectId} AND id > ${factId}
          AND kind = 'enrolment.finished' AND reason IN ('completed', 'failed')`,
    { aboutId: text },
  );
  return ended.map(({ aboutId }) => aboutId);
}
