import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { insertRows } from '../../database/bulk-insert.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { maybe, text, word } from '../../database/rows.js';
import { type BulkState, isOwnKind } from './bulk-act.js';
import type { BulkAct } from './bulk-act.entity.js';
import { left, type Left } from './bulk-deed.js';
import { BulkParts } from './bulk-parts.service.js';
import { bulkRefusal } from './bulk-verdict.js';
import { orderOf } from '../search/prospect-order.js';
import { selectionOf } from '../search/prospect-selection.queries.js';
import { walk } from '../search/prospect-walk.queries.js';
import { type From, reading } from '../search/row-walk.queries.js';
import type { ProspectStatus } from '../status/status.js';

/** People written down in one transaction; fewer where a room above has to judge each. */
const CHUNK = 1000;
const JUDGED = 200;

const PERSON = { id: text, status: word<ProspectStatus>(), ownerId: maybe(text) };
type Person = { id: string; status: ProspectStatus; ownerId: string | null };
type Found = Person & { sortName: string };
const FOUND = reading({ ...PERSON, sortName: text });

/** Writes down whom an act is about, and what would become of each. */
@Injectable()
export class BulkCount {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly parts: BulkParts,
  ) {}

  /** Everybody the filter finds, by name; begun anew when a crash cut it off. Others are answered in between. */
  async found(actor: Actor, act: BulkAct, isClosing: () => boolean): Promise<void> {
    await this.database.write((tx) => this.forget(tx, act));
    const limit = isOwnKind(act.kind) ? CHUNK : JUDGED;
    for (let from: From | null = null; ;) {
      if (isClosing()) return;
      const start: From | null = from;
      const { rows, left } = await this.database.read(async (db) => {
        const selection = await selectionOf(db, actor, act.clientId, act.filter);
        const rows: Found[] = await walk(db, selection, orderOf('name'), { from: start, limit }, FOUND);
        return { rows, left: await this.leftAmong(db, actor, act, rows) };
      });
      if (rows.length > 0 && !(await this.database.write((tx) => this.add(tx, act, rows, left)))) return;
      if (rows.length < limit) break;
      const last = rows.at(-1)!;
      from = { key: last.sortName, id: last.id };
    }
    await this.database.write((tx) => this.finish(tx, act));
  }

  /** Those named who are the client's, in the order given. */
  async named(tx: Tx, actor: Actor, act: BulkAct, prospectIds: readonly string[]): Promise<void> {
    const rows = await tx.rows(
      sql`SELECT id, status, owner_id FROM prospect
        WHERE ${tx.dialect.unindexed(sql`client_id`)} = ${act.clientId} AND ${tx.dialect.isAmong(sql`id`, prospectIds)}`,
      PERSON,
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    const people = [...new Set(prospectIds)].flatMap((id) => known.get(id) ?? []);
    await this.add(tx, act, people, await this.leftAmong(tx, actor, act, people));
    await this.finish(tx, act);
    act.state = 'counted';
  }

  private async forget(tx: Tx, act: BulkAct): Promise<void> {
    await tx.run(sql`DELETE FROM bulk_act_row WHERE act_id = ${act.id}`);
    await tx.run(sql`UPDATE bulk_act SET total = 0, able = 0, reasons = '{}' WHERE id = ${act.id}`);
    Object.assign(act, { total: 0, able: 0, reasons: {} });
  }

  /** False when somebody cancelled it, or another process counts it: nothing is written then. */
  private async add(
    tx: Tx,
    act: BulkAct,
    people: readonly Person[],
    left: ReadonlyMap<string, Left>,
  ): Promise<boolean> {
    const reasons: Record<string, number> = { ...act.reasons };
    const rows = people.map(({ id }, nth) => {
      const one = left.get(id);
      if (one !== undefined) reasons[one.reason] = (reasons[one.reason] ?? 0) + 1;
      const more = one?.more ? JSON.stringify(one.more) : null;
      return [act.id, act.total + nth + 1, id, one ? 'unable' : 'able', one?.reason ?? null, more];
    });
    const total = act.total + rows.length;
    const able = act.able + rows.filter(([, , , outcome]) => outcome === 'able').length;
    const moved = await tx.run(sql`UPDATE bulk_act SET total = ${total}, able = ${able},
      reasons = ${JSON.stringify(reasons)}, progress_at = ${this.clock.now()}
      WHERE id = ${act.id} AND state = 'counting' AND total = ${act.total}`);
    if (moved === 0) return false;
    const columns = ['act_id', 'position', 'prospect_id', 'outcome', 'reason', 'before'];
    await insertRows(tx, 'bulk_act_row', columns, rows);
    Object.assign(act, { total, able, reasons });
    return true;
  }

  /** Why some of the next people would be left as they are. */
  private async leftAmong(
    db: Db,
    actor: Actor,
    act: BulkAct,
    people: readonly Person[],
  ): Promise<ReadonlyMap<string, Left>> {
    const { kind, terms, total } = act;
    if (!isOwnKind(kind)) {
      const ids = people.map(({ id }) => id);
      return this.parts.of(kind).refusals(db, actor, act, ids);
    }
    const hand = { userId: actor.userId, isManager: isManager(actor) };
    const members = await this.membersAmong(db, act, people);
    const found = people.map(({ id, status, ownerId }, nth): [string, string | null] => {
      const standing = { position: total + nth + 1, status, ownerId, isOnList: members.has(id) };
      return [id, bulkRefusal(kind, terms, standing, hand)];
    });
    return new Map(found.flatMap(([id, reason]) => (reason === null ? [] : [[id, left(reason)] as const])));
  }

  private async membersAmong(db: Db, { terms }: BulkAct, people: readonly Person[]): Promise<Set<string>> {
    if (terms.listId === undefined) return new Set();
    const ids = people.map(({ id }) => id);
    const rows = await db.rows(
      sql`SELECT prospect_id AS id FROM list_member WHERE list_id = ${terms.listId}
        AND ${db.dialect.isAmong(sql`prospect_id`, ids)}`,
      { id: text },
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async finish(tx: Tx, act: BulkAct): Promise<void> {
    const next: BulkState = act.terms.isConfirmed === true ? 'running' : 'counted';
    await tx.run(sql`UPDATE bulk_act SET state = ${next}, progress_at = ${this.clock.now()}
      WHERE id = ${act.id} AND state = 'counting'`);
  }
}
