import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Public } from './accounts/allow.decorator.js';
import { Database } from './database/database.js';
import { integer } from './database/rows.js';

/** For supervisors and load balancers. */
@Public()
@Controller()
export class HealthController {
  constructor(private readonly database: Database) {}

  /** The process answers. */
  @Get('healthz')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The database answers too, and is migrated (it is before anything listens). */
  @Get('readyz')
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.database.read((db) => db.row(sql`SELECT 1 one FROM migrations LIMIT 1`, { one: integer }));
    } catch {
      throw new ServiceUnavailableException('The database does not answer');
    }
    return { status: 'ok' };
  }
}
