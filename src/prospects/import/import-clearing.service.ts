import { readdir, stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import { Database } from '../../database/database.js';
import { text } from '../../database/rows.js';
import { ImportFiles } from './import-files.service.js';
import type { ImportStatus } from './import.entity.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** An import nobody has decided about in that time is given up. */
const DECIDED_WITHIN = 30 * DAY;
const UNDECIDED: readonly ImportStatus[] = ['uploaded', 'checked'];
/** Those that still read their file. */
const READING: readonly ImportStatus[] = [...UNDECIDED, 'checking', 'importing'];

/** Files of people are kept while somebody needs them: not those of a process that was killed, nor forgotten ones. */
@Injectable()
export class ImportClearing {
  constructor(
    private readonly database: Database,
    private readonly files: ImportFiles,
  ) {}

  async forgetFiles(now: Date): Promise<void> {
    const undecidedSince = new Date(now.getTime() - DECIDED_WITHIN);
    await this.database.write((tx) =>
      tx.run(
        sql`UPDATE import SET status = 'cancelled' WHERE status IN (${join([...UNDECIDED])}) AND created_at < ${undecidedSince}`,
      ),
    );
    const kept = await this.database.read((db) =>
      db.rows(sql`SELECT stored_as FROM import WHERE status IN (${join([...READING])})`, { storedAs: text }),
    );
    const needed = new Set(kept.map(({ storedAs }) => storedAs));
    for (const name of await readdir(this.files.folder).catch(() => [])) {
      if (!needed.has(name) && (await this.isLeft(name, now))) await this.files.forget(name);
    }
  }

  /** A file on its way in is written to, and named by its import a moment later. */
  private async isLeft(name: string, now: Date): Promise<boolean> {
    const file = await stat(this.files.pathOf(name)).catch(() => null);
    return file !== null && now.getTime() - file.mtimeMs > HOUR;
  }
}
