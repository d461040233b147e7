import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, SYSTEM } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import type { Tx } from '../../database/db.js';
import { integer, json, maybe, text } from '../../database/rows.js';
import type { RowBefore } from './bulk-act.js';
import { BulkAct } from './bulk-act.entity.js';
import type { BulkPlace, Deed } from './bulk-deed.js';
import { BulkDeeds } from './bulk-deeds.service.js';
import { impliesHumanReply } from '../status/status.js';

/** People to a transaction: a move of status is five statements each, so that others hardly wait. */
const CHUNK = 100;
/** Of those said to have answered: rooms above look for whom that concerns as well (status-news). */
const ANSWERED = 25;

const PLACE = { position: integer, prospectId: text, before: maybe(json<RowBefore>()) };

/** The steps of a bulk act; each takes the transaction it happens in. */
@Injectable()
export class BulkChunks {
  constructor(
    private readonly deeds: BulkDeeds,
    private readonly audit: Audit,
  ) {}

  /** Deals with the next people; false when there are none left, or somebody else has moved the act on. */
  async next(tx: Tx, actor: Actor, act: BulkAct, now: Date): Promise<boolean> {
    const isUndo = act.state === 'undoing';
    const places = await tx.rows(
      sql`SELECT position, prospect_id, "before" FROM bulk_act_row WHERE act_id = ${act.id}
        AND outcome = ${isUndo ? 'done' : 'able'} AND position > ${act.position} ORDER BY position LIMIT ${sizeOf(act)}`,
      PLACE,
    );
    if (places.length === 0) {
      await this.finish(tx, actor, act, now);
      return false;
    }
    const position = places.at(-1)!.position;
    // First, so that of two processes one stops here.
    const isOurs = await tx.run(sql`UPDATE bulk_act SET position = ${position}, progress_at = ${now}
      WHERE id = ${act.id} AND state = ${act.state} AND position = ${act.position}`);
    if (isOurs === 0) return false;
    const count = await this.through(tx, actor, act, places);
    await this.note(tx, act, count);
    act.position = position;
    return true;
  }

  /** What was done before stays, and can be taken back. */
  async fail(tx: Tx, act: BulkAct, at: Date, cause: BulkFailure): Promise<void> {
    const failed = await tx.run(sql`UPDATE bulk_act SET state = 'failed', finished_at = ${at}
      WHERE id = ${act.id} AND state = ${act.state}`);
    if (failed === 0) return;
    const { id, state } = act;
    const now = await tx.entities.findOneByOrFail(BulkAct, { id });
    // What had failed was the act or its undo, as it stood.
    await tellBulk(this.audit, tx, SYSTEM, { act: 'bulk.failed', of: Object.assign(now, { state }), cause });
  }

  private async through(tx: Tx, actor: Actor, act: BulkAct, places: readonly BulkPlace[]): Promise<Count> {
    const isUndo = act.state === 'undoing';
    const count: Count = { changed: 0, left: {} };
    const deeds = await (isUndo
      ? this.deeds.takeBack(tx, actor, act, places)
      : this.deeds.carryOut(tx, actor, act, places));
    for (const [nth, deed] of deeds.entries()) {
      if (deed.isDone) count.changed += 1;
      else count.left[deed.reason] = (count.left[deed.reason] ?? 0) + 1;
      await this.write(tx, act, places[nth]!.position, deed, isUndo);
    }
    return count;
  }

  private async write(tx: Tx, act: BulkAct, position: number, deed: Deed, isUndo: boolean): Promise<void> {
    const outcome = deed.isDone ? (isUndo ? 'undone' : 'done') : isUndo ? 'kept' : 'skipped';
    const reason = deed.isDone ? null : deed.reason;
    const told = deed.isDone ? (isUndo ? null : deed.before) : deed.more;
    const before = told && JSON.stringify(told);
    await tx.run(sql`UPDATE bulk_act_row SET outcome = ${outcome}, reason = ${reason}, "before" = COALESCE(${before}, "before")
      WHERE act_id = ${act.id} AND position = ${position}`);
  }

  private async note(tx: Tx, act: BulkAct, { changed, left }: Count): Promise<void> {
    if (act.state === 'undoing') {
      act.undone += changed;
      act.keptReasons = sum(act.keptReasons, left);
    } else {
      act.changed += changed;
      act.reasons = sum(act.reasons, left);
    }
    await tx.run(sql`UPDATE bulk_act SET changed = ${act.changed}, undone = ${act.undone},
      reasons = ${JSON.stringify(act.reasons ?? {})}, kept_reasons = ${JSON.stringify(act.keptReasons ?? {})}
      WHERE id = ${act.id}`);
  }

  private async finish(tx: Tx, actor: Actor, act: BulkAct, now: Date): Promise<void> {
    const isUndo = act.state === 'undoing';
    const closed =
      await tx.run(sql`UPDATE bulk_act SET state = ${isUndo ? 'undone' : 'done'}, finished_at = ${now}
      WHERE id = ${act.id} AND state = ${act.state}`);
    if (closed === 0) return;
    await tellBulk(this.audit, tx, actor, { act: isUndo ? 'bulk.undone' : 'bulk.done', of: act });
  }
}

function sizeOf({ kind, terms }: BulkAct): number {
  return kind === 'status' && terms.to !== undefined && impliesHumanReply(terms.to) ? ANSWERED : CHUNK;
}

/** Why an act went no further: our own fault, or whoever asked for it works for the client no more. */
export type BulkFailure = 'error' | 'left_client';

/** The end of an act, or of its undo, on the audit trail: what it was, and how many people it changed. */
export function tellBulk(
  audit: Audit,
  tx: Tx,
  actor: Actor,
  told: {
    act: 'bulk.done' | 'bulk.undone' | 'bulk.cancelled' | 'bulk.failed';
    of: Pick<BulkAct, 'id' | 'clientId' | 'kind' | 'terms' | 'state' | 'changed' | 'undone'>;
    cause?: BulkFailure;
  },
): Promise<void> {
  const { id, clientId, kind, terms, state, changed, undone } = told.of;
  return audit.record(tx, actor, {
    act: told.act,
    subjectType: 'bulk_act',
    subjectId: id,
    clientId,
    details: {
      kind,
      prospects: state === 'undoing' ? undone : changed,
      ...(terms.to === undefined ? {} : { status: terms.to }),
      ...(told.cause === undefined ? {} : { cause: told.cause }),
    },
  });
}

interface Count {
  changed: number;
  left: Record<string, number>;
}

function sum(one: Record<string, number> | null, other: Record<string, number>): Record<string, number> {
  const total = { ...one };
  for (const [reason, count] of Object.entries(other)) total[reason] = (total[reason] ?? 0) + count;
  return total;
}
