import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import { Conflict, InvalidInput } from '../../shared/errors.js';
import { ImportFiles, type StoredFile } from './import-files.service.js';
import type { Import } from './import.entity.js';
import { AFRESH, loadImport } from './imports.queries.js';
import { MappingMemory } from './mapping-memory.service.js';
import { FileRefused } from './refusal.js';
import type { Understanding } from './understanding.js';

/** Which sheet of a workbook is read, when it is not the first that holds a table. */
@Injectable()
export class ImportSheets {
  constructor(
    private readonly database: Database,
    private readonly files: ImportFiles,
    private readonly memory: MappingMemory,
  ) {}

  /** A file that has just come, read at another sheet. @throws InvalidInput on `sheet` */
  async ofUpload<F extends StoredFile>(file: F, sheet: string | undefined): Promise<F> {
    if (sheet === undefined || sheet === file.understanding.sheet) return file;
    return { ...file, understanding: await this.understand(file.storedAs, file.understanding, sheet) };
  }

  /** Begins anew with another sheet: its columns, its counts. @throws NotFound, Conflict, InvalidInput on `sheet` */
  async choose(actor: Actor, id: string, sheet: string): Promise<Import> {
    const before = await this.database.read((db) => loadImport(db, actor, id));
    const understanding = await this.understand(before.storedAs, before.understanding, sheet);
    return this.database.write(async (tx) => {
      await tx.rows(sql`SELECT id FROM import WHERE id = ${id}${tx.dialect.forUpdate}`, {});
      const job = await loadImport(tx, actor, id);
      const isOpen =
        ['uploaded', 'checked'].includes(job.status) || (job.status === 'failed' && job.isDryRun);
      if (!isOpen) throw new Conflict('importNotNow', { status: job.status });
      const recalled = await this.memory.recall(tx, job.clientId, understanding);
      const rememberedAt = recalled?.since.toISOString() ?? null;
      Object.assign(job, AFRESH, { status: 'uploaded', totalRows: null, finishedAt: null });
      job.understanding = { ...understanding, rememberedAt };
      job.mapping = recalled?.mapping ?? understanding.mapping;
      return tx.entities.save(job);
    });
  }

  private async understand(storedAs: string, now: Understanding, sheet: string): Promise<Understanding> {
    if (now.sheets === undefined) throw new InvalidInput({ sheet: 'importFile.no_such_sheet' });
    try {
      return await this.files.understandSheet(storedAs, sheet);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      throw new InvalidInput({ sheet: { code: `importFile.${error.reason}`, params: error.detail } });
    }
  }
}
