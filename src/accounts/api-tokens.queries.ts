import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../database/database.js';
import { instant, maybe, text, type RowOf } from '../database/rows.js';
import type { Actor } from './actor.js';

const TOKEN = { id: text, name: text, hint: text, clientId: maybe(text), createdAt: instant };
export type ListedToken = RowOf<typeof TOKEN>;

@Injectable()
export class ApiTokenQueries {
  constructor(private readonly database: Database) {}

  /** The actor's own tokens that still work, newest first. */
  list(actor: Actor): Promise<ListedToken[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT id, name, hint, client_id, created_at FROM api_token
          WHERE user_id = ${actor.userId} AND revoked_at IS NULL ORDER BY id DESC`,
        TOKEN,
      ),
    );
  }
}
