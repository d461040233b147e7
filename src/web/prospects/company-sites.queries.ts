import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { text } from '../../database/rows.js';

/** Where the companies of people are on the web. */
@Injectable()
export class CompanySites {
  constructor(private readonly database: Database) {}

  /** By prospect; those whose company has none are missing. */
  async of(actor: Actor, prospectIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT p.id, COALESCE(c.website, c.domain) AS site FROM prospect p JOIN company c ON c.id = p.company_id
          WHERE ${db.dialect.isAmong(sql`p.id`, prospectIds)} AND ${withinSight(actor, sql`p.client_id`)}
          AND COALESCE(c.website, c.domain) IS NOT NULL`,
        { id: text, site: text },
      ),
    );
    return new Map(rows.map(({ id, site }) => [id, site]));
  }
}
