import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { newId } from '../../shared/id.js';
import { Prospect } from '../prospect.entity.js';
import { refuseStale } from '../stale-version.queries.js';
import type { MergeInput } from './merge.dto.js';
import { changedColumns, type MergeImage } from './merge-image.js';
import { MergeMoves } from './merge-moves.service.js';
import type { MergeOf } from './merge-parts.service.js';
import { MergedOppositions } from './merged-oppositions.service.js';
import { mergedRow } from './merged-row.queries.js';
import { mergedStanding, type StandingNow } from './merged-status.js';
import { columnsIn, holdPair } from './stored-prospects.queries.js';

export interface MergeDone {
  id: string;
  survivorId: string;
  absorbedId: string;
}

/** Makes one of two prospects who are the same person. */
@Injectable()
export class Merges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly moves: MergeMoves,
    private readonly oppositions: MergedOppositions,
  ) {}

  /**
   * The survivor keeps its id and gets what the other had: facts, lists, what the rooms above hold, the stricter
   * opposition, the more advanced status, and the fields of either side as chosen. The other's id leads to it from now on.
   * @throws NotFound for the survivor; InvalidInput on `otherId`; Conflict when either was changed since it was shown, when
   *   both have a meeting to come, or while a mail to either is on its way
   */
  merge(actor: Actor, survivorId: string, input: MergeInput): Promise<MergeDone> {
    return this.database.write(async (tx) => {
      const [survivor, other] = await holdPair(tx, actor, survivorId, input.otherId);
      if (input.version !== undefined) await refuseStale(tx, survivor, input.version);
      if (input.otherVersion !== undefined) await refuseStale(tx, other, input.otherVersion);
      await this.moves.refuseHindered(tx, [survivor.id, other.id]);
      return this.unite(tx, actor, survivor, other, input);
    });
  }

  private async unite(
    tx: Tx,
    actor: Actor,
    survivor: Prospect,
    other: Prospect,
    { take = {} }: MergeInput,
  ): Promise<MergeDone> {
    const now = this.clock.now();
    const objection = await this.oppositions.of(tx, [survivor, other]);
    const standing = standingOf(survivor, other, objection === 'all', now);
    const { clientId } = survivor;
    const merge: MergeOf = {
      ...{ clientId, survivorId: survivor.id, absorbedId: other.id, actor, now },
      status: standing.status,
    };
    const id = newId();
    const moved = await this.moves.move(tx, merge);
    const row = { ...(await mergedRow(tx, survivor, other, take)), ...standing };
    await tx.run(sql`DELETE FROM prospect WHERE id = ${other.id}`);
    await tx.entities.update(
      Prospect,
      { id: survivor.id },
      { ...row, updatedAt: now, version: survivor.version + 1 },
    );
    await this.moves.keepKeys(tx, id, merge, [survivor, other], row);
    const suppressionIds = await this.oppositions.enter(tx, actor, [survivor, other], objection);
    const factId = await this.moves.tell(tx, merge, id, survivor, other);
    const image: MergeImage = {
      ...moved,
      writtenFacts: [...moved.writtenFacts, factId],
      absorbed: columnsIn(other),
      ...changedColumns(columnsIn(survivor), row),
      suppressionIds,
    };
    await this.keep(tx, { id, merge, other, factId, image });
    if (standing.status !== survivor.status)
      await this.moves.tellStatus(tx, survivor, standing.status, factId);
    return { id, survivorId: survivor.id, absorbedId: other.id };
  }

  private async keep(
    tx: Tx,
    made: { id: string; merge: MergeOf; other: Prospect; factId: string; image: MergeImage },
  ): Promise<void> {
    const { id, merge, other, factId, image } = made;
    const { clientId, survivorId, absorbedId, actor, now } = merge;
    await tx.run(sql`INSERT INTO prospect_merge (id, client_id, survivor_id, absorbed_id, absorbed_name, fact_id, image,
        merged_by, merged_at)
      VALUES (${id}, ${clientId}, ${survivorId}, ${absorbedId}, ${other.fullName}, ${factId}, ${JSON.stringify(image)},
        ${actor.userId || null}, ${now})`);
    await this.audit.record(tx, actor, {
      act: 'prospect.merged',
      subjectType: 'prospect',
      subjectId: survivorId,
      clientId,
      details: { absorbedId },
    });
  }
}

function standingOf(survivor: Prospect, other: Prospect, isOpposed: boolean, now: Date): StandingNow {
  const { status, statusAt, statusUntil } = mergedStanding(survivor, other);
  if (!isOpposed || status === 'do_not_contact') return { status, statusAt, statusUntil };
  return { status: 'do_not_contact', statusAt: now, statusUntil: null };
}
