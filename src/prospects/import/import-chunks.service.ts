import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import type { Db, Tx } from '../../database/db.js';
import { instant, maybe, text } from '../../database/rows.js';
import { icpsInForce } from '../../icp/icp.queries.js';
import { isGone, newRunName } from './carrier.service.js';
import { ImportFiles } from './import-files.service.js';
import { ImportPlanner } from './import-planner.service.js';
import { type Counts, type ImportRun, type PlannedRow, settle, withChunk } from './import-run.js';
import { ImportWriter } from './import-writer.service.js';
import { Import } from './import.entity.js';
import { ImaginedRows } from './imagined-rows.js';
import { notedCells } from './noted-cells.js';
import type { FileRefused } from './refusal.js';
import type { DraftedRow } from './packed-rows.js';
import { RowSupply, type Supplied } from './row-supply.service.js';

/** The steps of an import; each takes the transaction it happens in. */
@Injectable()
export class ImportChunks {
  constructor(
    private readonly files: ImportFiles,
    private readonly supply: RowSupply,
    private readonly planner: ImportPlanner,
    private readonly writer: ImportWriter,
    private readonly audit: Audit,
  ) {}

  /** Takes an import that is under way from whoever carried it before; null when it is not. */
  async begin(tx: Tx, id: string): Promise<{ job: Import; run: ImportRun } | { job: null; run: null }> {
    const carriedBy = newRunName();
    const taken = await tx.run(sql`UPDATE import SET carried_by = ${carriedBy}
      WHERE id = ${id} AND status IN ('checking', 'importing', 'reverting')`);
    if (taken === 0) return { job: null, run: null };
    const job = await tx.entities.findOneByOrFail(Import, { id });
    const client = await tx.row(sql`SELECT country FROM client WHERE id = ${job.clientId}`, {
      country: text,
    });
    const run: ImportRun = {
      importId: job.id,
      clientId: job.clientId,
      userId: job.createdBy,
      onDuplicate: job.onDuplicate,
      onActive: job.onActive,
      listId: job.listId,
      ownerId: job.ownerId,
      icps: await icpsInForce(tx, job.clientId),
      defaultCountry: client?.country ?? null,
      seen: new Set(),
      seenInChunk: new Set(),
      imagined: new ImaginedRows(),
    };
    return { job, run };
  }

  /** The rows of the file, understood as far as it goes without the database. */
  rowsOf(job: Import, { icps, defaultCountry }: ImportRun): AsyncGenerator<Supplied> {
    const { sheet, encoding, delimiter, skippedRecords, labels, idPrefix } = job.understanding;
    const shape = { ...(sheet === undefined ? {} : { sheet }), encoding, delimiter, skippedRecords, labels };
    const rules = { mapping: job.mapping, idPrefix, defaultCountry, icps };
    return this.supply.of({ path: this.files.pathOf(job.storedAs), shape, rules }, job.bytes);
  }

  imagine(db: Db, run: ImportRun, rows: DraftedRow[]): Promise<PlannedRow[]> {
    return this.planner.imagine(db, run, rows);
  }

  /** Decides rows already brought in, for what they leave in `run.seen` alone. */
  async meet(db: Db, run: ImportRun, rows: DraftedRow[]): Promise<void> {
    await this.planner.plan(db, run, rows);
    settle(run);
  }

  /** The counts with this chunk; null when somebody else has moved the import on: nothing is written then. */
  async bring(
    tx: Tx,
    job: Import,
    run: ImportRun,
    rows: DraftedRow[],
    at: { bytesRead: number; now: Date },
  ): Promise<Counts | null> {
    await this.queueUp(tx, job);
    const planned = await this.planner.plan(tx, run, rows);
    const counts = withChunk(countsOf(job), planned);
    if (!(await this.note(tx, job, counts, at))) return null;
    await this.writer.write(tx, run, planned, at.now);
    const header = { mapping: job.mapping, idPrefix: job.understanding.idPrefix };
    await this.writer.note(tx, run, notedCells(header, run, planned, job.warnings ?? {}));
    return counts;
  }

  /** Imports of one client bring their chunks in turn: two that bring the same people would wait for each other for ever. */
  private async queueUp(tx: Tx, { clientId }: Import): Promise<void> {
    await tx.rows(
      sql`SELECT id FROM import WHERE client_id = ${clientId} AND status = 'importing' ORDER BY id${tx.dialect.forUpdate}`,
      { id: text },
    );
  }

  /** Keeps the counts and the position, if the import is still ours and stands where we left it. */
  async note(
    tx: Tx,
    job: Import,
    counts: Counts,
    { bytesRead, now }: { bytesRead: number; now: Date },
  ): Promise<boolean> {
    const moved =
      await tx.run(sql`UPDATE import SET position = ${counts.rows}, progress_at = ${now}, rows = ${counts.rows},
        created = ${counts.created}, updated = ${counts.updated}, unchanged = ${counts.unchanged},
        skipped = ${counts.skipped}, failed = ${counts.failed}, reasons = ${JSON.stringify(counts.reasons)},
        warnings = ${JSON.stringify(counts.warnings)}, bytes_read = ${bytesRead}
      WHERE id = ${job.id} AND status = ${job.status} AND carried_by = ${job.carriedBy} AND position = ${job.position}`);
    return moved === 1;
  }

  /** Once committed: where the import stands now. */
  advance(job: Import, run: ImportRun, counts: Counts): void {
    settle(run);
    Object.assign(job, counts, { position: counts.rows });
  }

  /** The file has served: what was refused is kept row by row. */
  forgetFile(job: Import): Promise<void> {
    return this.files.forget(job.storedAs);
  }

  /** Once everything up to its position is kept, or is with this. */
  async finish(tx: Tx, job: Import, status: 'checked' | 'done', now: Date): Promise<void> {
    const isOurs =
      await tx.run(sql`UPDATE import SET status = ${status}, total_rows = ${job.position}, finished_at = ${now}
        WHERE id = ${job.id} AND status = ${job.status} AND carried_by = ${job.carriedBy} AND position = ${job.position}`);
    if (isOurs === 1 && status === 'done') await this.recordRefusals(tx, job);
  }

  /** That somebody who objected or was erased came again, and was refused, is worth a line of its own. */
  private async recordRefusals(tx: Tx, { id, clientId, createdBy, reasons }: Import): Promise<void> {
    const { suppressed = 0, erased = 0 } = reasons ?? {};
    if (suppressed + erased === 0) return;
    await this.audit.record(
      tx,
      { ...SYSTEM, userId: createdBy ?? '' },
      {
        act: 'import.refused_people',
        subjectType: 'import',
        subjectId: id,
        clientId,
        details: { suppressed, erased },
      },
    );
  }

  /** What was brought in before stays, and can be reverted. Null: our own fault, of which the log tells more. */
  async fail(tx: Tx, job: Import, refused: FileRefused | null): Promise<void> {
    const problem = refused && JSON.stringify({ reason: refused.reason, detail: refused.detail });
    await tx.run(sql`UPDATE import SET status = 'failed', problem = ${problem}
      WHERE id = ${job.id} AND status = ${job.status} AND carried_by = ${job.carriedBy}`);
  }

  /** Imports whose process has ended, and those that have stood still since before that time. */
  async cutOff(db: Db, before: Date | null): Promise<string[]> {
    const rows = await db.rows(
      sql`SELECT id, carried_by, COALESCE(progress_at, created_at) moved_at FROM import
        WHERE status IN ('checking', 'importing', 'reverting') ORDER BY id LIMIT 100`,
      { id: text, carriedBy: maybe(text), movedAt: instant },
    );
    const isLeft = (row: (typeof rows)[number]): boolean =>
      (row.carriedBy !== null && isGone(row.carriedBy)) || (before !== null && row.movedAt < before);
    return rows.filter(isLeft).map(({ id }) => id);
  }
}

function countsOf(job: Import): Counts {
  const { position, created, updated, unchanged, skipped, failed, reasons, warnings } = job;
  return {
    rows: position,
    created,
    updated,
    unchanged,
    skipped,
    failed,
    reasons: reasons ?? {},
    warnings: warnings ?? {},
  };
}
