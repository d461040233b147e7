import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { flag, instant, maybe, text, type RowOf } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';

const LINE = {
  id: text,
  kind: text,
  at: instant,
  userName: maybe(text),
  fromStatus: maybe(text),
  toStatus: maybe(text),
  channel: maybe(text),
  result: maybe(text),
  reason: maybe(text),
  note: maybe(text),
  isUndone: flag,
};

/** One fact as the panel tells it. */
export type FactLine = RowOf<typeof LINE>;

@Injectable()
export class PanelFacts {
  constructor(private readonly database: Database) {}

  /** The latest facts of a prospect, newest first; an undoing is told by the fact it takes back. @throws NotFound */
  latest(actor: Actor, prospectId: string, limit = 40): Promise<FactLine[]> {
    if (!isAgency(actor)) throw new NotFound();
    return this.database.read((db) =>
      db.rows(
        sql`SELECT a.id, a.kind, a.at, u.name AS user_name, a.from_status, a.to_status, a.channel, a.result, a.reason,
              a.note, CASE WHEN EXISTS (SELECT 1 FROM activity x WHERE x.prospect_id = ${prospectId} AND x.undoes_id = a.id)
                THEN 1 ELSE 0 END AS is_undone
            FROM activity a LEFT JOIN app_user u ON u.id = a.user_id
            WHERE a.prospect_id = ${prospectId} AND a.kind <> 'undo' AND ${withinSight(actor, sql`a.client_id`)}
            ORDER BY a.at DESC, a.id DESC LIMIT ${limit}`,
        LINE,
      ),
    );
  }
}
