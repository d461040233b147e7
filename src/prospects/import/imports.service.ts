import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { requireNewWork } from '../../clients/clients.policy.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { Conflict, InvalidInput } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { applyMapping, canIdentify, type ColumnMapping, doubledFields } from './column-mapping.js';
import { requireOwner } from '../ownership/prospect-owner.queries.js';
import type { ImportInput } from './import.dto.js';
import { insertList, nameKeyOf } from '../lists/lists.service.js';
import { Import, type ImportStatus } from './import.entity.js';
import { ImportRunner } from './import-runner.service.js';
import { MappingMemory } from './mapping-memory.service.js';
import type { StoredFile } from './import-files.service.js';
import { AFRESH, loadImport } from './imports.queries.js';
import type { Understanding } from './understanding.js';

/** What follows the upload: a person looks first, the counts only, or the import itself. */
export type Next = 'look' | 'check' | 'bring';
const STATUS_AFTER: Record<Next, ImportStatus> = { look: 'uploaded', check: 'checking', bring: 'importing' };

@Injectable()
export class Imports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly runner: ImportRunner,
    private readonly memory: MappingMemory,
  ) {}

  /** Before a file is taken: whether there is such a client, and whether it takes new work. @throws NotFound, Conflict */
  async welcome(actor: Actor, clientId: string): Promise<void> {
    await this.database.read(async (db) => requireNewWork(await loadClient(db, actor, clientId)));
  }

  /** A file that has come for a client. @throws InvalidInput for a mapping that names nothing of the file */
  async receive(
    actor: Actor,
    clientId: string,
    file: StoredFile & { fileName: string },
    input: ImportInput,
    next: Next,
  ): Promise<Import> {
    const { understanding } = file;
    const received = await this.database.write(async (tx) => {
      requireNewWork(await loadClient(tx, actor, clientId));
      await requireOwner(tx, actor, clientId, input.ownerId);
      const recalled = await this.memory.recall(tx, clientId, understanding);
      const begin = recalled?.mapping ?? understanding.mapping;
      const mapping = mappingOf(begin, understanding.labels, input.mapping ?? {});
      if (next !== 'look') requireClear(mapping, understanding, 'file');
      if (input.mapping !== undefined) await this.memory.keep(tx, actor, clientId, understanding, mapping);
      const one = tx.entities.create(Import, {
        ...file,
        id: newId(),
        clientId,
        status: STATUS_AFTER[next],
        isDryRun: next !== 'bring',
        mapping,
        understanding: { ...understanding, rememberedAt: recalled?.since.toISOString() ?? null },
        onDuplicate: input.onDuplicate ?? 'fill',
        onActive: input.onActive ?? 'bring',
        listName: input.listName ?? null,
        ownerId: input.ownerId ?? null,
        createdBy: actor.userId || null,
        createdAt: this.clock.now(),
      });
      if (next === 'bring') one.listId = await this.list(tx, actor, one);
      await tx.entities.insert(Import, one);
      await this.record(tx, actor, one, 'import.received');
      return one;
    });
    if (next !== 'look') this.runner.start(received.id);
    return received;
  }

  /** Settles the columns and the choices, and counts what would happen. */
  async check(actor: Actor, id: string, input: ImportInput): Promise<Import> {
    const one = await this.move(actor, id, ['uploaded', 'checked', 'failed'], 'checking', async (tx, job) => {
      if (job.status === 'failed' && !job.isDryRun)
        throw new Conflict('importNotNow', { status: job.status });
      job.mapping = mappingOf(job.mapping, job.understanding.labels, input.mapping ?? {});
      requireClear(job.mapping, job.understanding, 'mapping');
      job.onDuplicate = input.onDuplicate ?? job.onDuplicate;
      job.onActive = input.onActive ?? job.onActive;
      job.listName = input.listName ?? null;
      await requireOwner(tx, actor, job.clientId, input.ownerId);
      job.ownerId = input.ownerId ?? null;
      if (input.mapping !== undefined)
        await this.memory.keep(tx, actor, job.clientId, job.understanding, job.mapping);
    });
    this.runner.start(id);
    return one;
  }

  /** Brings the checked rows in. */
  async bring(actor: Actor, id: string): Promise<Import> {
    const one = await this.move(actor, id, ['checked'], 'importing', async (tx, job) => {
      job.isDryRun = false;
      job.listId = await this.list(tx, actor, job);
      await this.record(tx, actor, job, 'import.started');
    });
    this.runner.start(id);
    return one;
  }

  /** Back to the columns as we understood them, now and for the next file of this source. */
  forgetMapping(actor: Actor, id: string): Promise<Import> {
    return this.database.write(async (tx) => {
      const job = await this.held(tx, actor, id, ['uploaded', 'checked', 'failed']);
      await this.memory.forget(tx, job.clientId, job.understanding);
      job.mapping = job.understanding.mapping;
      job.understanding = { ...job.understanding, rememberedAt: null };
      return tx.entities.save(Import, job);
    });
  }

  /**
   * Stops an import where it stands: what it has written stays, and can be taken back. A check that is stopped is
   * back at its columns. @throws Conflict when nothing is under way
   */
  async cancel(actor: Actor, id: string): Promise<Import> {
    const one = await this.database.write(async (tx) => {
      const job = await this.held(tx, actor, id, ['checking', 'importing']);
      await this.record(tx, actor, job, 'import.cancelled');
      const isCheck = job.status === 'checking';
      Object.assign(job, isCheck ? { ...AFRESH, status: 'uploaded' } : { status: 'cancelled' });
      Object.assign(job, { carriedBy: null, finishedAt: isCheck ? null : this.clock.now() });
      return tx.entities.save(Import, job);
    });
    await this.runner.finished(id);
    if (one.status === 'cancelled') await this.runner.forgetFile(one);
    return one;
  }

  /** Begins to take back what an import created and changed. */
  async revert(actor: Actor, id: string): Promise<void> {
    await this.database.write(async (tx) => {
      const job = await this.held(tx, actor, id, ['done', 'failed', 'cancelled']);
      if (job.isDryRun) throw new Conflict('importNotNow', { status: job.status });
      const revertResult = { removed: 0, restored: 0, keptCount: 0, kept: [], by: actor.userId || null };
      Object.assign(job, { status: 'reverting', revertResult, progressAt: this.clock.now() });
      return tx.entities.save(Import, job);
    });
    this.runner.start(id);
  }

  /** The import, held against everybody who would move it on meanwhile. */
  private async held(tx: Tx, actor: Actor, id: string, from: readonly ImportStatus[]): Promise<Import> {
    await tx.rows(sql`SELECT id FROM import WHERE id = ${id}${tx.dialect.forUpdate}`, {});
    const job = await loadImport(tx, actor, id);
    if (!from.includes(job.status)) throw new Conflict('importNotNow', { status: job.status });
    return job;
  }

  private move(
    actor: Actor,
    id: string,
    from: readonly ImportStatus[],
    to: ImportStatus,
    settle: (tx: Tx, job: Import) => Promise<void> | void,
  ): Promise<Import> {
    return this.database.write(async (tx) => {
      const job = await this.held(tx, actor, id, from);
      requireNewWork(await loadClient(tx, actor, job.clientId));
      await settle(tx, job);
      Object.assign(job, AFRESH, { status: to, progressAt: this.clock.now(), finishedAt: null });
      return tx.entities.save(Import, job);
    });
  }

  /** The client's list of that name, or a new one. */
  private async list(tx: Tx, actor: Actor, { clientId, listName }: Import): Promise<string | null> {
    if (listName === null || listName === '') return null;
    const list = { clientId, name: listName, now: this.clock.now() };
    const made = await insertList(tx, actor, list, this.audit);
    if (made !== null) return made.id;
    const known = await tx.row(
      sql`SELECT id FROM list WHERE client_id = ${clientId} AND name_key = ${nameKeyOf(listName)}`,
      { id: text },
    );
    return known!.id;
  }

  private record(tx: Tx, actor: Actor, { id, clientId, bytes, status }: Import, act: string): Promise<void> {
    const details = { bytes, status };
    return this.audit.record(tx, actor, { act, subjectType: 'import', subjectId: id, clientId, details });
  }
}

function mappingOf(
  understood: ColumnMapping,
  labels: readonly string[],
  wanted: Record<string, string | null>,
): ColumnMapping {
  const { mapping, problems } = applyMapping(understood, labels, wanted);
  const fields = Object.entries(problems).map(([column, code]) => [
    `mapping.${column}`,
    `importColumn.${code}`,
  ]);
  if (fields.length > 0) throw new InvalidInput(Object.fromEntries(fields) as Record<string, string>);
  return mapping;
}

/** @throws InvalidInput for a mapping nobody could be recognised by, or that has two columns for one field */
function requireClear(mapping: ColumnMapping, understanding: Understanding, field: 'file' | 'mapping'): void {
  if (!canIdentify(mapping)) throw new InvalidInput({ [field]: 'importFile.no_usable_column' });
  const [first] = doubledFields(mapping, understanding);
  if (first === undefined) return;
  const columns = first.columns.map((at) => `“${understanding.labels[at] ?? ''}”`).join(', ');
  throw new InvalidInput({
    [`mapping.${first.field}`]: { code: 'importColumn.doubled', params: { field: first.field, columns } },
  });
}
