import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';

/** Keeps the index behind the search box up with new prospects, where the database does not do so by itself. */
@Injectable()
export class WordIndex {
  constructor(private readonly database: Database) {}

  /** Some rows at a time, so that others get their turn; while a file is coming in, not at all. Safe to run twice. */
  async catchUp(): Promise<void> {
    while (await this.database.write((tx) => this.take(tx))) await breath();
  }

  private async take(tx: Tx): Promise<boolean> {
    const { catchUp } = tx.dialect.words;
    if (catchUp === null) return false;
    const coming = await tx.row(sql`SELECT id FROM import WHERE status = 'importing' LIMIT 1`, { id: text });
    if (coming !== null) return false;
    let taken = 0;
    for (const next of catchUp.next) taken = await tx.run(next);
    if (taken > 0) await tx.run(catchUp.mark);
    return taken > 0;
  }
}
