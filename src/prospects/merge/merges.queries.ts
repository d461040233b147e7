import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { instant, maybe, text, type RowOf } from '../../database/rows.js';
import { isId } from '../../shared/id.js';

const MERGE = {
  id: text,
  absorbedId: text,
  absorbedName: text,
  mergedAt: instant,
  mergedByName: maybe(text),
};
/** A merge that still stands. */
export type StandingMerge = RowOf<typeof MERGE>;

/** Merges follow each other in a chain; no chain is this long. */
const LONGEST = 50;

@Injectable()
export class MergeQueries {
  constructor(private readonly database: Database) {}

  /** Into whom a prospect that is no more was merged; null when it was not, or is out of sight. */
  survivorOf(actor: Actor, prospectId: string): Promise<string | null> {
    if (!isId(prospectId) || !isAgency(actor)) return Promise.resolve(null);
    return this.database.read(async (db) => {
      let at = prospectId;
      for (let link = 0; link < LONGEST; link += 1) {
        const next = await db.row(
          sql`SELECT survivor_id FROM prospect_merge WHERE absorbed_id = ${at} AND undone_at IS NULL
            AND ${withinSight(actor, sql`client_id`)} ORDER BY id DESC LIMIT 1`,
          { survivorId: text },
        );
        if (next === null) break;
        at = next.survivorId;
      }
      return at === prospectId ? null : at;
    });
  }

  /** Whom a prospect has absorbed, latest first: only the latest can be undone. */
  standing(actor: Actor, prospectId: string): Promise<StandingMerge[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT m.id, m.absorbed_id, m.absorbed_name, m.merged_at, u.name AS merged_by_name
          FROM prospect_merge m LEFT JOIN app_user u ON u.id = m.merged_by
          WHERE m.survivor_id = ${prospectId} AND m.undone_at IS NULL AND ${withinSight(actor, sql`m.client_id`)}
          ORDER BY m.id DESC`,
        MERGE,
      ),
    );
  }
}
