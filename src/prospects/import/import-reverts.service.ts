import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import { insertRows } from '../../database/bulk-insert.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { flag, integer, maybe, text, type RowOf } from '../../database/rows.js';
import { newId } from '../../shared/id.js';
import { Facts } from '../facts.service.js';
import { holdProspects } from '../held-prospects.queries.js';
import { holderOfAny } from '../merge/merged-keys.queries.js';
import type { Prospect } from '../prospect.entity.js';
import { searchColumns } from '../search/search-text.js';
import {
  imagesBefore,
  LAST_ROW,
  othersOf,
  repeatedImages,
  type StoredImage,
} from './before-images.queries.js';
import type { BeforeImage } from './before-image.js';
import { KEY_KINDS } from './identity-keys.js';
import type { Import } from './import.entity.js';
import type { RevertResult } from './revert-result.js';
import { columnOf } from './stored-rows.js';

const CHUNK = 300;
const NAMED = 100;

/** Takes an import back: what it created and what it changed, except where people have worked since. */
@Injectable()
export class ImportReverts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly facts: Facts,
  ) {}

  /** Goes through an import that is `reverting`; `isClosing`: leave the rest to the next start. */
  async carryThrough(job: Import, isClosing: () => boolean): Promise<void> {
    const result: RevertResult = job.revertResult ?? {
      removed: 0,
      restored: 0,
      keptCount: 0,
      kept: [],
      by: null,
    };
    if (!(await this.restoreAll(job, result, isClosing))) return;
    if (!(await this.removeAll(job, result, isClosing))) return;
    await this.database.write((tx) => this.close(tx, job, result));
  }

  private async restoreAll(job: Import, result: RevertResult, isClosing: () => boolean): Promise<boolean> {
    const repeated = await repeatedImages(this.database, job.id, isClosing);
    for (let before = LAST_ROW; ;) {
      if (isClosing()) return false;
      const rows = await this.database.write(async (tx) => {
        const images = await imagesBefore(tx, job.id, before, CHUNK);
        const undone = new Map<string, number>();
        const all = [...images, ...(await othersOf(tx, images, repeated))];
        await holdProspects(
          tx,
          all.map(({ prospectId }) => prospectId),
        );
        for (const image of all) await this.restore(tx, job, image, { undone, result });
        if (!(await this.note(tx, job, result))) return null;
        return images;
      });
      if (rows === null) return false;
      if (rows.length < CHUNK) return true;
      before = rows.at(-1)!.rowNumber;
      await breath();
    }
  }

  /** `undone`: the version each prospect had before the change last taken back, where an earlier change must have left it. */
  private async restore(
    tx: Tx,
    { clientId }: Import,
    row: StoredImage,
    { undone, result }: { undone: Map<string, number>; result: RevertResult },
  ): Promise<void> {
    const { prospectId, before } = row;
    const companyId = before.company ? sql`${before.company.id}` : sql`p.company_id`;
    const found = await tx.row(
      sql`SELECT p.*, (SELECT c.domain FROM company c WHERE c.id = ${companyId}) company_domain
        FROM prospect p WHERE p.id = ${prospectId}`,
      CURRENT,
    );
    if (found === null) return;
    const isChanged = (undone.get(prospectId) ?? found.version) !== before.version;
    const reason = isChanged ? 'changed_since' : (await isTaken(tx, clientId, row)) ? 'key_taken' : null;
    if (reason !== null) {
      keep(result, { prospectId, name: found.fullName, reason });
      await tx.run(
        sql`UPDATE import_row SET outcome = 'kept', reason = ${reason}, "before" = NULL WHERE id = ${row.id}`,
      );
      return;
    }
    const sets = join(restoringSets(found, before, this.clock.now()));
    await tx.run(sql`UPDATE prospect SET ${sets} WHERE id = ${prospectId}`);
    await tx.run(sql`UPDATE import_row SET "before" = NULL WHERE id = ${row.id}`);
    await this.facts.recount(tx, prospectId);
    if (!undone.has(prospectId)) result.restored += 1;
    undone.set(prospectId, before.version - 1);
  }

  private async removeAll(job: Import, result: RevertResult, isClosing: () => boolean): Promise<boolean> {
    for (let after = result.after ?? job.id; ;) {
      if (isClosing()) return false;
      const rows = await this.database.write(async (tx) => {
        const created = await tx.rows(sql`${createdAfter(job, after)}${tx.dialect.forUpdate}`, CREATED);
        const worked = created.filter(({ isWorked }) => isWorked);
        const untouched = created.filter(({ isWorked }) => !isWorked);
        await this.remove(tx, job, untouched, result);
        await this.leave(tx, job, worked, result);
        result.after = created.at(-1)?.id ?? after;
        if (!(await this.note(tx, job, result))) return null;
        return created;
      });
      if (rows === null) return false;
      if (rows.length < CHUNK) return true;
      after = rows.at(-1)!.id;
      await breath();
    }
  }

  private async leave(tx: Tx, job: Import, rows: readonly CreatedRow[], result: RevertResult): Promise<void> {
    for (const { id, fullName } of rows)
      keep(result, { prospectId: id, name: fullName, reason: 'worked_since' });
    await insertRows(
      tx,
      'import_row',
      ['id', 'import_id', 'row_number', 'outcome', 'reason', 'prospect_id'],
      rows.map(({ id }) => [newId(), job.id, 0, 'kept', 'worked_since', id]),
    );
  }

  /** What came of it so far, if nobody else has taken it over: a revert that is cut off goes on with these counts. */
  private async note(tx: Tx, job: Import, result: RevertResult): Promise<boolean> {
    const ours =
      await tx.run(sql`UPDATE import SET revert_result = ${JSON.stringify(result)}, progress_at = ${this.clock.now()}
      WHERE id = ${job.id} AND status = 'reverting' AND carried_by = ${job.carriedBy}`);
    return ours === 1;
  }

  private async remove(
    tx: Tx,
    job: Import,
    rows: readonly CreatedRow[],
    result: RevertResult,
  ): Promise<void> {
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    const companies = [...new Set(rows.flatMap(({ companyId }) => (companyId === null ? [] : [companyId])))];
    await tx.run(sql`DELETE FROM list_member WHERE ${tx.dialect.isAmong(sql`prospect_id`, ids)}`);
    await tx.run(sql`DELETE FROM activity_pending WHERE ${tx.dialect.isAmong(sql`prospect_id`, ids)}`);
    result.removed += await tx.run(sql`DELETE FROM prospect WHERE ${tx.dialect.isAmong(sql`id`, ids)}`);
    // A company goes with the last of its people, unless it was there before.
    await tx.run(sql`DELETE FROM company WHERE ${tx.dialect.isAmong(sql`id`, companies)} AND created_at >= ${job.createdAt}
      AND NOT EXISTS (SELECT 1 FROM prospect p WHERE p.company_id = company.id)`);
  }

  private async close(tx: Tx, job: Import, result: RevertResult): Promise<void> {
    const { after: _after, ...told } = result;
    const { removed, restored, keptCount, by } = told;
    const closed = await tx.run(sql`UPDATE import SET status = 'reverted', reverted_at = ${this.clock.now()},
      revert_result = ${JSON.stringify(told)}
      WHERE id = ${job.id} AND status = 'reverting' AND carried_by = ${job.carriedBy}`);
    if (closed === 0) return;
    await this.audit.record(
      tx,
      { ...SYSTEM, userId: by ?? '' },
      {
        act: 'import.reverted',
        subjectType: 'import',
        subjectId: job.id,
        clientId: job.clientId,
        details: { removed, restored, kept: keptCount },
      },
    );
  }
}

const CREATED = { id: text, fullName: text, companyId: maybe(text), isWorked: flag };
type CreatedRow = RowOf<typeof CREATED>;

const CURRENT = {
  id: text,
  version: integer,
  firstName: maybe(text),
  lastName: maybe(text),
  fullName: text,
  companyName: maybe(text),
  email: maybe(text),
  title: maybe(text),
  companyDomain: maybe(text),
};
type Current = RowOf<typeof CURRENT>;

/**
 * Ids are in the order of time, so whatever an import created comes after the import itself. To be read held: whoever is
 * being worked just now has a higher version then.
 */
function createdAfter({ id, clientId }: Import, after: string): Sql {
  return sql`SELECT p.id, p.full_name, p.company_id,
      (p.version > 1 OR EXISTS (SELECT 1 FROM activity a WHERE a.prospect_id = p.id AND a.kind <> 'prospect.created')) is_worked
    FROM prospect p WHERE p.id > ${after} AND p.client_id = ${clientId} AND p.import_id = ${id} ORDER BY p.id LIMIT ${CHUNK}`;
}

/** Whether somebody else holds by now an address or profile this person had before. */
async function isTaken(tx: Tx, clientId: string, { prospectId, before }: StoredImage): Promise<boolean> {
  const keys: Partial<Prospect> = {};
  for (const kind of KEY_KINDS) keys[`${kind}Key`] = before.keys[kind] ?? null;
  return (await holderOfAny(tx, { ...keys, clientId }, prospectId)) !== null;
}

function restoringSets(found: Current, before: BeforeImage, now: Date): Sql[] {
  const { company } = before;
  const after = { ...found, ...before.person, ...(company ? { companyName: company.name } : {}) };
  const sets: Record<string, unknown> = { ...before.person, ...before.judged, updatedAt: now };
  Object.assign(sets, searchColumns(after, found.companyDomain));
  for (const [kind, key] of Object.entries(before.keys)) sets[`${kind}Key`] = key;
  if (company) sets['companyName'] = company.name;
  if (before.custom !== undefined) sets['custom'] = before.custom && JSON.stringify(before.custom);
  const fields = Object.entries(sets).map(([field, value]) => sql`${columnOf(field)} = ${value}`);
  // It may be gone meanwhile, with the import that brought it: its name stays with the person.
  if (company) fields.push(sql`company_id = (SELECT id FROM company WHERE id = ${company.id})`);
  // Never back to an old number: somebody may still hold that version.
  return [...fields, sql`version = version + 1`];
}

function keep(result: RevertResult, row: RevertResult['kept'][number]): void {
  result.keptCount += 1;
  if (result.kept.length < NAMED) result.kept.push(row);
}
