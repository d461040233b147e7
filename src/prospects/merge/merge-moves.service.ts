import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { insertRows } from '../../database/bulk-insert.js';
import type { Db, Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { Conflict } from '../../shared/errors.js';
import { Facts } from '../facts.service.js';
import type { Prospect } from '../prospect.entity.js';
import { ProspectStatusChanged } from '../prospect.events.js';
import { StatusNews } from '../status/status-news.service.js';
import type { ProspectStatus } from '../status/status.js';
import type { MergeImage } from './merge-image.js';
import { type MergeOf, MergeParts } from './merge-parts.service.js';
import { giveDismissals, moveDismissals } from './merged-dismissals.queries.js';
import { dropAliases, keepAliases } from './merged-keys.queries.js';
import { giveRows, moveRows } from './moved-rows.queries.js';
import { giveOpenPairs, openPairsOf } from './open-pairs.queries.js';

type Moved = Pick<
  MergeImage,
  | 'movedFacts'
  | 'writtenFacts'
  | 'movedAliases'
  | 'joinedLists'
  | 'absorbedLists'
  | 'dismissals'
  | 'openPairs'
  | 'parts'
>;

/** Moves what belongs to a prospect to another, and back. */
@Injectable()
export class MergeMoves {
  constructor(
    private readonly facts: Facts,
    private readonly parts: MergeParts,
    private readonly news: StatusNews,
  ) {}

  /** One of the two stood where the other did not: news like any other change of status. */
  tellStatus(
    tx: Tx,
    { id, clientId, status: from }: Prospect,
    to: ProspectStatus,
    factId: string,
  ): Promise<void> {
    return this.news.tell(tx, new ProspectStatusChanged(id, clientId, from, to, factId));
  }

  /** @throws Conflict with what forbids it now */
  async refuseHindered(db: Db, prospectIds: readonly string[]): Promise<void> {
    for (const part of this.parts.all) {
      const hindrance = await part.hindrance(db, prospectIds);
      if (hindrance !== null) throw new Conflict(hindrance);
    }
  }

  async move(tx: Tx, merge: MergeOf): Promise<Moved> {
    const { absorbedId, survivorId } = merge;
    const movedFacts = await moveRows(tx, 'activity', absorbedId, survivorId);
    const movedAliases = await moveRows(tx, 'prospect_alias', absorbedId, survivorId);
    const lists = await this.uniteLists(tx, merge);
    const dismissals = await moveDismissals(tx, merge);
    const openPairs = await openPairsOf(tx, absorbedId);
    const parts: Record<string, unknown> = {};
    const writtenFacts: string[] = [];
    for (const part of this.parts.all) {
      const { image, factIds } = await part.move(tx, merge);
      parts[part.name] = image;
      writtenFacts.push(...factIds);
    }
    await tx.run(sql`DELETE FROM activity_pending WHERE prospect_id = ${absorbedId}`);
    return { movedFacts, movedAliases, ...lists, dismissals, openPairs, parts, writtenFacts };
  }

  /** The absorbed prospect's row must be there again. */
  async giveBack(tx: Tx, merge: MergeOf, image: MergeImage): Promise<void> {
    const { absorbedId, survivorId, actor, clientId } = merge;
    await giveRows(tx, 'activity', image.movedFacts, absorbedId);
    await giveRows(tx, 'prospect_alias', image.movedAliases, absorbedId);
    await tx.run(sql`DELETE FROM list_member WHERE prospect_id = ${survivorId}
      AND ${tx.dialect.isAmong(sql`list_id`, image.joinedLists)}`);
    await this.enlist(tx, clientId, image.absorbedLists, absorbedId);
    await giveDismissals(tx, merge, image.dismissals);
    await giveOpenPairs(tx, clientId, absorbedId, image.openPairs ?? []);
    for (const [name, moved] of Object.entries(image.parts))
      await this.parts.get(name).giveBack(tx, merge, moved);
    for (const undoesId of image.writtenFacts)
      await this.facts.write(tx, actor, { prospectId: survivorId, clientId, kind: 'undo', undoesId });
    await this.facts.recount(tx, absorbedId);
  }

  async keepKeys(
    tx: Tx,
    mergeId: string,
    merge: MergeOf,
    people: readonly Prospect[],
    merged: Partial<Prospect>,
  ): Promise<void> {
    await keepAliases(tx, mergeId, merge, people, merged);
  }

  async dropKeys(tx: Tx, mergeId: string): Promise<void> {
    await dropAliases(tx, mergeId);
  }

  /** The fact of the merge itself; a status that moved with it is told in it. */
  tell(tx: Tx, merge: MergeOf, mergeId: string, survivor: Prospect, other: Prospect): Promise<string> {
    const hasMoved = merge.status !== survivor.status;
    return this.facts.write(tx, merge.actor, {
      prospectId: survivor.id,
      clientId: merge.clientId,
      kind: 'merge',
      fromStatus: hasMoved ? survivor.status : null,
      toStatus: hasMoved ? merge.status : null,
      aboutId: mergeId,
      details: { absorbedId: other.id, name: other.fullName, company: other.companyName },
    });
  }

  private async uniteLists(
    tx: Tx,
    { absorbedId, survivorId, clientId }: MergeOf,
  ): Promise<Pick<Moved, 'joinedLists' | 'absorbedLists'>> {
    const listsOf = async (id: string): Promise<string[]> => {
      const rows = await tx.rows(sql`SELECT list_id FROM list_member WHERE prospect_id = ${id}`, {
        listId: text,
      });
      return rows.map(({ listId }) => listId);
    };
    const [own, absorbedLists] = [await listsOf(survivorId), await listsOf(absorbedId)];
    const joinedLists = absorbedLists.filter((list) => !own.includes(list));
    await this.enlist(tx, clientId, joinedLists, survivorId);
    await tx.run(sql`DELETE FROM list_member WHERE prospect_id = ${absorbedId}`);
    return { joinedLists, absorbedLists };
  }

  /** A list that was done away with meanwhile takes nobody. */
  private async enlist(
    tx: Tx,
    clientId: string,
    lists: readonly string[],
    prospectId: string,
  ): Promise<void> {
    if (lists.length === 0) return;
    const there = await tx.rows(
      sql`SELECT id FROM list WHERE client_id = ${clientId} AND ${tx.dialect.isAmong(sql`id`, lists)}`,
      { id: text },
    );
    const rows = there.map(({ id }) => [id, prospectId]);
    await insertRows(tx, 'list_member', ['list_id', 'prospect_id'], rows, 'ignore');
  }
}
