import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { text } from '../../database/rows.js';

/** The names of the clients in sight, for choices and for lists that speak of several clients. */
@Injectable()
export class ClientNames {
  constructor(private readonly database: Database) {}

  inSight(actor: Actor): Promise<{ id: string; name: string }[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT id, name FROM client WHERE ${withinSight(actor, sql`id`)} ORDER BY LOWER(name), id`,
        {
          id: text,
          name: text,
        },
      ),
    );
  }
}
