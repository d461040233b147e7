import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../database/database.js';

const HOUR = 3_600_000;

/** Throws away what has served: sessions past their end, answers kept for repeated requests. */
@Injectable()
export class Housekeeping {
  constructor(private readonly database: Database) {}

  async forget(now: Date): Promise<void> {
    const yesterday = new Date(now.getTime() - 24 * HOUR);
    const anHourAgo = new Date(now.getTime() - HOUR);
    await this.database.write(async (tx) => {
      await tx.run(sql`DELETE FROM session WHERE expires_at < ${now}`);
      await tx.run(sql`DELETE FROM idempotency_key WHERE created_at < ${yesterday}`);
      // A request that never finished (a crash) must not hold its key for a day.
      await tx.run(sql`DELETE FROM idempotency_key WHERE status IS NULL AND created_at < ${anHourAgo}`);
    });
  }
}
