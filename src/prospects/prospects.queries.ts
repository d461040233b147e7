import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { flag, instant, integer, json, maybe, text, type RowOf } from '../database/rows.js';
import { NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { PERSON, RECORD, STANDING, VERDICT } from './prospect-columns.js';
import { type Covering, Suppressions } from './suppression/suppressions.service.js';

const PROSPECT = {
  id: text,
  clientId: text,
  clientName: text,
  clientTimeZone: text,
  ...PERSON,
  companyDomain: maybe(text),
  website: maybe(text),
  industry: maybe(text),
  nafCode: maybe(text),
  headcount: maybe(integer),
  headcountBand: maybe(text),
  companyCity: maybe(text),
  companyCountry: maybe(text),
  ...STANDING,
  ownerName: maybe(text),
  ...VERDICT,
  ...RECORD,
};
export type ProspectDetail = RowOf<typeof PROSPECT>;

const FACT = {
  id: text,
  kind: text,
  at: instant,
  recordedAt: instant,
  userId: maybe(text),
  userName: maybe(text),
  fromStatus: maybe(text),
  toStatus: maybe(text),
  channel: maybe(text),
  result: maybe(text),
  reason: maybe(text),
  note: maybe(text),
  aboutId: maybe(text),
  undoesId: maybe(text),
  isUndone: flag,
  details: maybe(json<Record<string, unknown>>()),
};
export type HistoryFact = RowOf<typeof FACT>;

/** Facts shown at once; a person with more is exceptional, and gets the latest. */
const HISTORY = 200;

@Injectable()
export class ProspectQueries {
  constructor(
    private readonly database: Database,
    private readonly suppressions: Suppressions,
  ) {}

  /** @throws NotFound when there is none, or it is out of sight */
  get(actor: Actor, id: string): Promise<ProspectDetail> {
    return this.database.read((db) => loadProspect(db, actor, id));
  }

  /** What happened, newest first; a fact taken back is marked, and so is the one that took it back. @throws NotFound */
  history(actor: Actor, id: string): Promise<HistoryFact[]> {
    return this.database.read(async (db) => {
      await loadProspect(db, actor, id);
      return db.rows(
        sql`SELECT a.id, a.kind, a.at, a.recorded_at, a.user_id, u.name AS user_name, a.from_status, a.to_status,
              a.channel, a.result, a.reason, a.note, a.about_id, a.undoes_id, a.details,
              CASE WHEN EXISTS (SELECT 1 FROM activity x WHERE x.undoes_id = a.id) THEN 1 ELSE 0 END AS is_undone
            FROM activity a LEFT JOIN app_user u ON u.id = a.user_id
            WHERE a.prospect_id = ${id} ORDER BY a.at DESC, a.id DESC LIMIT ${HISTORY}`,
        FACT,
      );
    });
  }

  /** The oppositions in force that cover a prospect, the broadest first. */
  async oppositions(prospect: ProspectDetail): Promise<Covering[]> {
    const covered = await this.database.read((db) =>
      this.suppressions.covering(db, prospect.clientId, [prospect]),
    );
    return covered.get(prospect.id) ?? [];
  }

  /** The lists of the client this prospect is on. */
  listsOf(prospect: ProspectDetail): Promise<{ id: string; name: string }[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT l.id, l.name FROM list l JOIN list_member m ON m.list_id = l.id
          WHERE m.prospect_id = ${prospect.id} ORDER BY l.name, l.id`,
        { id: text, name: text },
      ),
    );
  }
}

export async function loadProspect(db: Db, actor: Actor, id: string): Promise<ProspectDetail> {
  const found =
    isAgency(actor) && isId(id)
      ? await db.row(
          sql`SELECT p.*, k.name AS client_name, k.time_zone AS client_time_zone,
                COALESCE(p.company_name, c.name) AS company_name, c.domain AS company_domain, c.website, c.industry,
                c.naf_code, c.headcount, c.headcount_band, c.city AS company_city, c.country AS company_country,
                u.name AS owner_name
              FROM prospect p JOIN client k ON k.id = p.client_id LEFT JOIN company c ON c.id = p.company_id
              LEFT JOIN app_user u ON u.id = p.owner_id
              WHERE p.id = ${id} AND ${withinSight(actor, sql`p.client_id`)}`,
          PROSPECT,
        )
      : null;
  if (found === null) throw new NotFound();
  return found;
}
