import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer, json, maybe, text } from '../../database/rows.js';
import { KEY_KINDS, type KeyKind } from './identity-keys.js';
import type { ProspectDraft } from './prospect-draft.js';
import type { KnownProspect } from './row-decision.js';

const KNOWN = {
  id: text,
  externalKey: maybe(text),
  emailKey: maybe(text),
  linkedinKey: maybe(text),
  nameKey: maybe(text),
  firstName: maybe(text),
  lastName: maybe(text),
  fullName: text,
  email: maybe(text),
  emailStatus: maybe(text),
  linkedinUrl: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  title: maybe(text),
  jobFunction: maybe(text),
  seniority: maybe(text),
  city: maybe(text),
  region: maybe(text),
  country: maybe(text),
  timeZone: maybe(text),
  companyId: maybe(text),
  companyName: maybe(text),
  custom: maybe(json<Record<string, string>>()),
  version: integer,
  importId: maybe(text),
  icpVersionId: maybe(text),
  fit: maybe(text),
  fitScore: maybe(integer),
  fitReasons: maybe(text),
};

const COLUMNS: Record<KeyKind, Sql> = {
  external: sql`external_key`,
  email: sql`email_key`,
  linkedin: sql`linkedin_key`,
  name: sql`name_key`,
};
const FIELDS = sql`id, external_key, email_key, linkedin_key, name_key, first_name, last_name, full_name, email,
  email_status, linkedin_url, phone, mobile_phone, title, job_function, seniority, city, region, country, time_zone,
  company_id, company_name, custom, version, import_id, icp_version_id, fit,
  fit_score, fit_reasons`;

/** The client's prospects that hold any key of these drafts; nobody of another client is ever looked at. */
export async function knownProspects(
  db: Db,
  clientId: string,
  drafts: readonly ProspectDraft[],
): Promise<KnownProspect[]> {
  const found = new Map<string, KnownProspect>();
  for (const kind of KEY_KINDS) {
    const keys = [...new Set(drafts.map((draft) => draft.keys[kind]).filter((key) => key !== null))];
    if (keys.length === 0) continue;
    const rows = await db.rows(
      sql`SELECT ${FIELDS} FROM prospect WHERE client_id = ${clientId} AND ${db.dialect.isAmong(COLUMNS[kind], keys)}${db.dialect.forUpdate}`,
      KNOWN,
    );
    rows
      .map(asKnown)
      .filter(({ id }) => !found.has(id))
      .forEach((one) => found.set(one.id, one));
  }
  return [...found.values()];
}

function asKnown(row: { [K in keyof typeof KNOWN]: ReturnType<(typeof KNOWN)[K]> }): KnownProspect {
  const { externalKey, emailKey, linkedinKey, nameKey, icpVersionId, fit, fitScore, fitReasons, ...fields } =
    row;
  const keys = { external: externalKey, email: emailKey, linkedin: linkedinKey, name: nameKey };
  return { ...fields, keys, judged: { icpVersionId, fit, fitScore, fitReasons } };
}
