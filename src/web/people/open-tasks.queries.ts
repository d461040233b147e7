import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../database/database.js';
import { integer, text } from '../../database/rows.js';

/** The steps that wait at prospects somebody owns. */
@Injectable()
export class OpenTasks {
  constructor(private readonly database: Database) {}

  /** How many enrolments are open at each client; the caller has seen to it that the person may be looked at. */
  async of(ownerId: string): Promise<Map<string, number>> {
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT e.client_id, COUNT(*) AS open FROM prospect p JOIN enrolment e ON e.prospect_id = p.id
          WHERE p.owner_id = ${ownerId} AND e.state IN ('active', 'paused') GROUP BY e.client_id`,
        { clientId: text, open: integer },
      ),
    );
    return new Map(rows.map(({ clientId, open }) => [clientId, open]));
  }
}
