import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { flag, instant, integer, json, maybe, text, word, type RowOf } from '../../database/rows.js';
import type { FitReason } from '../../prospects/prospect.entity.js';
import type { ProspectStatus } from '../../prospects/status/status.js';
import { NotFound } from '../../shared/errors.js';
import { type WaitingCompany, waitingCompanyOf } from './waiting-company.queries.js';

const PANEL = {
  id: text,
  clientId: text,
  clientName: text,
  timeZone: text,
  clientCountry: maybe(text),
  isClientOff: flag,
  /** Its mail leaves by machine. */
  isMachineMail: flag,
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  headcount: maybe(integer),
  industry: maybe(text),
  website: maybe(text),
  city: maybe(text),
  country: maybe(text),
  email: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  linkedinUrl: maybe(text),
  status: word<ProspectStatus>(),
  statusAt: instant,
  statusUntil: maybe(text),
  callbackAt: maybe(instant),
  version: integer,
  ownerName: maybe(text),
  fit: maybe(word<'fit' | 'unfit' | 'unknown'>()),
  fitScore: maybe(integer),
  fitReasons: maybe(json<FitReason[]>()),
};

/** Everything the panel beside the queue says of one prospect, but its history. */
export type PanelProspect = RowOf<typeof PANEL>;

@Injectable()
export class PanelQueries {
  constructor(private readonly database: Database) {}

  /** @throws NotFound for a prospect out of sight */
  prospect(actor: Actor, id: string): Promise<PanelProspect> {
    return this.database.read(async (db) => {
      const found = isAgency(actor)
        ? await db.row(
            sql`SELECT p.id, p.client_id, k.name AS client_name, COALESCE(p.time_zone, k.time_zone) AS time_zone,
                  k.country AS client_country, CASE WHEN k.switched_off_at IS NULL THEN 0 ELSE 1 END AS is_client_off,
                  CASE WHEN EXISTS (SELECT 1 FROM mailbox b WHERE b.client_id = p.client_id
                    AND (b.paused_reason IS NULL OR b.paused_reason NOT IN ('untested', 'retired'))) THEN 1 ELSE 0 END AS is_machine_mail, p.full_name, p.title,
                  COALESCE(p.company_name, c.name) AS company_name, c.headcount, c.industry, c.website,
                  COALESCE(p.city, c.city) AS city, COALESCE(p.country, c.country) AS country, p.email, p.phone,
                  p.mobile_phone, p.linkedin_url, p.status, p.status_at, p.status_until, p.callback_at, p.version, u.name AS owner_name,
                  p.fit, p.fit_score, p.fit_reasons
                FROM prospect p JOIN client k ON k.id = p.client_id LEFT JOIN company c ON c.id = p.company_id
                LEFT JOIN app_user u ON u.id = p.owner_id
                WHERE p.id = ${id} AND ${withinSight(actor, sql`p.client_id`)}`,
            PANEL,
          )
        : null;
      if (!found) throw new NotFound();
      return found;
    });
  }

  /** Who waits at the company of a prospect in sight since somebody there answered; null when nobody does. */
  waitingWith(prospect: PanelProspect): Promise<WaitingCompany | null> {
    return this.database.read((db) => waitingCompanyOf(db, prospect));
  }
}
