import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { bestFit } from '../../icp/best-fit.js';
import { icpsInForce } from '../../icp/icp.queries.js';
import { Company } from '../company.entity.js';
import { fitFacts } from '../import/fit-facts.js';
import { identityKeys } from '../import/identity-keys.js';
import type { Prospect } from '../prospect.entity.js';
import { searchColumns } from '../search/search-text.js';
import { mergedFields, type Take } from './merged-fields.js';

/** The columns of the merged prospect, but for its standing: fields, keys, search words and the verdict on them all. */
export async function mergedRow(
  db: Db,
  survivor: Prospect,
  other: Prospect,
  take: Take,
): Promise<Partial<Prospect>> {
  const fields = mergedFields(survivor, other, take);
  const company =
    fields.companyId === null ? null : await db.entities.findOneBy(Company, { id: fields.companyId });
  const person = Object.assign({}, survivor, fields);
  const fit = bestFit(await icpsInForce(db, survivor.clientId), fitFacts(person, company));
  return {
    ...fields,
    externalKey: survivor.externalKey ?? other.externalKey,
    nameKey: await freeNameKey(db, person, company, [survivor.id, other.id]),
    ...searchColumns(person, company?.domain ?? null),
    icpVersionId: fit?.versionId ?? null,
    fit: fit?.verdict ?? null,
    fitScore: fit?.score ?? null,
    fitReasons: fit ? [...fit.reasons] : null,
    createdAt: survivor.createdAt < other.createdAt ? survivor.createdAt : other.createdAt,
    lastActivityAt:
      survivor.lastActivityAt > other.lastActivityAt ? survivor.lastActivityAt : other.lastActivityAt,
  };
}

/** A homonym at the same company keeps the key they hold. */
async function freeNameKey(
  db: Db,
  person: Prospect,
  company: Company | null,
  own: readonly string[],
): Promise<string | null> {
  const { name } = identityKeys({
    ...{ externalId: null, idPrefix: '', email: null, linkedinUrl: null },
    ...{ firstName: person.firstName, lastName: person.lastName },
    ...{ companyDomain: company?.domain ?? null, siren: company?.siren ?? null },
  });
  if (name === null) return null;
  const holder = await db.row(
    sql`SELECT id FROM prospect WHERE client_id = ${person.clientId} AND name_key = ${name}
      AND NOT (${db.dialect.isAmong(sql`id`, own)})`,
    { id: text },
  );
  return holder === null ? name : null;
}
