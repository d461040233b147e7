import sql from 'sql-template-tag';
import { instant, integer, maybe, text, word, type RowOf } from '../../database/rows.js';
import type { ProspectStatus } from '../../prospects/status/status.js';

export const PERSON_IN_QUEUE = {
  prospectId: text,
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  clientId: text,
  clientName: text,
  timeZone: text,
  country: maybe(text),
  status: word<ProspectStatus>(),
  /** Instant the item asks for attention: the answer, the callback, the due step, the arrival. */
  at: instant,
  until: maybe(text),
  callbackAt: maybe(instant),
  score: maybe(integer),
};

export type PersonInQueue = RowOf<typeof PERSON_IN_QUEUE>;

export const personColumns = sql`p.id AS prospect_id, p.full_name, p.title, p.company_name, p.client_id,
  k.name AS client_name, k.time_zone, k.country, p.status, p.status_until AS until, p.callback_at, p.fit_score AS score`;
