import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import type { Tx } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { isId } from '../../shared/id.js';
import { isOwnKind, ownerOfTurn, type OwnKind } from './bulk-act.js';
import type { BulkAct } from './bulk-act.entity.js';
import { type BulkPlace, type Deed, done, left } from './bulk-deed.js';
import { BulkParts } from './bulk-parts.service.js';
import { bulkRefusal } from './bulk-verdict.js';
import { lastDeedOf } from '../status/last-deed.queries.js';
import { holdProspects } from '../held-prospects.queries.js';
import { isListOf } from '../lists/lists.service.js';
import { type Standing, StatusMoves } from '../status/status-moves.service.js';

/** An act that prospects carry out by themselves. */
type OwnAct = BulkAct & { kind: OwnKind };

const peopleOf = (places: readonly BulkPlace[]): string[] => places.map(({ prospectId }) => prospectId);

const isOwn = (act: BulkAct): act is OwnAct => isOwnKind(act.kind);

/** Does to people what a bulk act says, and takes it back; both look again at how each person stands. */
@Injectable()
export class BulkDeeds {
  constructor(
    private readonly moves: StatusMoves,
    private readonly parts: BulkParts,
  ) {}

  /** What became of each, in their order. */
  async carryOut(tx: Tx, actor: Actor, act: BulkAct, places: readonly BulkPlace[]): Promise<Deed[]> {
    const deeds: Deed[] = [];
    const ids = peopleOf(places);
    if (isOwn(act)) {
      await holdProspects(tx, ids);
      for (const place of places) deeds.push(await this.change(tx, actor, act, place));
    } else {
      const done = await this.parts.of(act.kind).carryOut(tx, actor, act, ids);
      deeds.push(...ids.map((id) => done.get(id) ?? left('gone')));
    }
    return deeds;
  }

  async takeBack(tx: Tx, actor: Actor, act: BulkAct, places: readonly BulkPlace[]): Promise<Deed[]> {
    const deeds: Deed[] = [];
    await holdProspects(tx, peopleOf(places));
    for (const place of places)
      deeds.push(
        await (isOwn(act)
          ? this.putBack(tx, actor, act, place)
          : this.parts.of(act.kind).takeBack(tx, actor, act, place)),
      );
    return deeds;
  }

  private async change(
    tx: Tx,
    actor: Actor,
    act: OwnAct,
    { position, prospectId }: BulkPlace,
  ): Promise<Deed> {
    const { kind, terms } = act;
    const standing = await this.standingOf(tx, act, prospectId);
    if (standing === null) return left('gone');
    const isOnList = terms.listId !== undefined && (await isMember(tx, terms.listId, prospectId));
    const hand = { userId: actor.userId, isManager: isManager(actor) };
    const refusal = bulkRefusal(kind, terms, { ...standing, position, isOnList }, hand);
    if (refusal !== null) return left(refusal);
    switch (kind) {
      case 'status':
        return this.move(tx, actor, standing, terms.to!);
      case 'suppress':
        return this.move(tx, actor, standing, 'do_not_contact', terms.reason);
      case 'owner':
        return give(tx, prospectId, standing.ownerId, ownerOfTurn(terms.ownerIds ?? [], position));
      case 'enlist':
        if (!(await isListOf(tx, act.clientId, terms.listId!))) return left('list_gone');
        await tx.run(sql`INSERT INTO list_member (list_id, prospect_id) VALUES (${terms.listId}, ${prospectId})
          ON CONFLICT DO NOTHING`);
        return done({});
      case 'delist':
        await tx.run(
          sql`DELETE FROM list_member WHERE list_id = ${terms.listId} AND prospect_id = ${prospectId}`,
        );
        return done({});
    }
  }

  private async putBack(tx: Tx, actor: Actor, act: OwnAct, { prospectId, before }: BulkPlace): Promise<Deed> {
    const standing = await this.standingOf(tx, act, prospectId);
    if (standing === null || before === null) return left('gone');
    const { listId } = act.terms;
    switch (act.kind) {
      case 'status':
      case 'suppress': {
        const deed = await lastDeedOf(tx, prospectId);
        const target = act.kind === 'suppress' ? 'do_not_contact' : act.terms.to;
        if (deed === null || deed.id !== before.factId || standing.status !== target)
          return left('changed_since');
        const isBack = (await this.moves.takeBack(tx, actor, standing, deed)) !== null;
        return isBack ? done(before) : left('still_covered');
      }
      case 'owner':
        if (standing.ownerId !== (before.givenTo ?? null)) return left('changed_since');
        await give(tx, prospectId, standing.ownerId, before.ownerId ?? null);
        return done(before);
      case 'enlist': {
        const gone = await tx.run(
          sql`DELETE FROM list_member WHERE list_id = ${listId} AND prospect_id = ${prospectId}`,
        );
        return gone === 0 ? left('changed_since') : done(before);
      }
      case 'delist':
        if (!(await isListOf(tx, act.clientId, listId!))) return left('list_gone');
        await tx.run(sql`INSERT INTO list_member (list_id, prospect_id) VALUES (${listId}, ${prospectId})
          ON CONFLICT DO NOTHING`);
        return done(before);
    }
  }

  private async move(
    tx: Tx,
    actor: Actor,
    standing: Standing,
    to: Parameters<StatusMoves['make']>[3]['to'],
    reason?: string,
  ): Promise<Deed> {
    const { factId } = await this.moves.make(tx, actor, standing, { to, reason });
    return done({ factId: factId! });
  }

  /** Held until the transaction ends; null when the person is gone. */
  private async standingOf(
    tx: Tx,
    act: BulkAct,
    id: string,
  ): Promise<(Standing & { ownerId: string | null }) | null> {
    const owner = isId(id)
      ? await tx.row(
          sql`SELECT owner_id FROM prospect WHERE id = ${id} AND client_id = ${act.clientId}${tx.dialect.forUpdate}`,
          { ownerId: maybe(text) },
        )
      : null;
    return owner === null ? null : { ...(await this.moves.standingOf(tx, null, id)), ...owner };
  }
}

async function give(tx: Tx, id: string, from: string | null, to: string | null): Promise<Deed> {
  await tx.run(sql`UPDATE prospect SET owner_id = ${to}, version = version + 1 WHERE id = ${id}`);
  return done({ ownerId: from, givenTo: to });
}

async function isMember(tx: Tx, listId: string, prospectId: string): Promise<boolean> {
  const found = await tx.row(
    sql`SELECT prospect_id FROM list_member WHERE list_id = ${listId} AND prospect_id = ${prospectId}`,
    { prospectId: text },
  );
  return found !== null;
}
