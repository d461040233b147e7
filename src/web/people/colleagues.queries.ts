import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import { text } from '../../database/rows.js';

/** The agency's own people who can sign in, for choices. */
@Injectable()
export class Colleagues {
  constructor(private readonly database: Database) {}

  async inAgency(actor: Actor): Promise<{ id: string; name: string }[]> {
    if (!isAgency(actor)) return [];
    return this.database.read((db) =>
      db.rows(
        sql`SELECT id, name FROM app_user WHERE role <> 'client' AND disabled_at IS NULL ORDER BY LOWER(name), id`,
        {
          id: text,
          name: text,
        },
      ),
    );
  }
}
