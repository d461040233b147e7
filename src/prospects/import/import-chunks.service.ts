import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Db, Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { icpsInForce } from '../../icp/icp.queries.js';
import { ImportFiles } from './import-files.service.js';
import { ImportPlanner } from './import-planner.service.js';
import { type Counts, type ImportRun, type PlannedRow, settle, withChunk } from './import-run.js';
import { ImportWriter } from './import-writer.service.js';
import { Import } from './import.entity.js';
import { KnownRows } from './known-rows.js';
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
  ) {}

  /** Loads an import that is under way; null when it is not. */
  async begin(tx: Tx, id: string): Promise<{ job: Import; run: ImportRun } | { job: null; run: null }> {
    const job = await tx.entities.findOneBy(Import, { id });
    if (job === null || (job.status !== 'checking' && job.status !== 'importing'))
      return { job: null, run: null };
    const client = await tx.row(sql`SELECT country FROM client WHERE id = ${job.clientId}`, {
      country: text,
    });
    const run: ImportRun = {
      importId: job.id,
      clientId: job.clientId,
      userId: job.createdBy,
      onDuplicate: job.onDuplicate,
      listId: job.listId,
      icps: await icpsInForce(tx, job.clientId),
      defaultCountry: client?.country ?? null,
      seen: new Set(),
      seenInChunk: new Set(),
      imagined: new KnownRows(),
    };
    return { job, run };
  }

  /** The rows of the file, understood as far as it goes without the database. */
  rowsOf(job: Import, { icps, defaultCountry }: ImportRun): AsyncGenerator<Supplied> {
    const { encoding, delimiter, skippedRecords, labels, idPrefix } = job.understanding;
    const shape = { encoding, delimiter, skippedRecords, labels };
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
  async bring(tx: Tx, job: Import, run: ImportRun, rows: DraftedRow[], now: Date): Promise<Counts | null> {
    const planned = await this.planner.plan(tx, run, rows);
    const counts = withChunk(countsOf(job), planned);
    if (!(await this.note(tx, job, counts, now))) return null;
    await this.writer.write(tx, run, planned, now);
    return counts;
  }

  /** Keeps the counts and the position, if the import still stands where we left it. */
  async note(tx: Tx, job: Import, counts: Counts, now: Date): Promise<boolean> {
    const moved =
      await tx.run(sql`UPDATE import SET position = ${counts.rows}, progress_at = ${now}, rows = ${counts.rows},
        created = ${counts.created}, updated = ${counts.updated}, unchanged = ${counts.unchanged},
        skipped = ${counts.skipped}, failed = ${counts.failed}, reasons = ${JSON.stringify(counts.reasons)},
        warnings = ${JSON.stringify(counts.warnings)}
      WHERE id = ${job.id} AND status = ${job.status} AND position = ${job.position}`);
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

  async finish(tx: Tx, job: Import, status: 'checked' | 'done', now: Date): Promise<void> {
    await tx.run(sql`UPDATE import SET status = ${status}, total_rows = ${job.position}, finished_at = ${now}
      WHERE id = ${job.id} AND status = ${job.status}`);
  }

  /** What was brought in before stays, and can be reverted. Null: our own fault, of which the log tells more. */
  async fail(tx: Tx, job: Import, refused: FileRefused | null): Promise<void> {
    const problem = refused && JSON.stringify({ reason: refused.reason, detail: refused.detail });
    await tx.run(sql`UPDATE import SET status = 'failed', problem = ${problem}
      WHERE id = ${job.id} AND status = ${job.status}`);
  }

  async cutOff(db: Db, before: Date): Promise<string[]> {
    const rows = await db.rows(
      sql`SELECT id FROM import WHERE status IN ('checking', 'importing')
        AND COALESCE(progress_at, created_at) < ${before} ORDER BY id LIMIT 20`,
      { id: text },
    );
    return rows.map(({ id }) => id);
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
