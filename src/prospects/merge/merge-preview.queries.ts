import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { integer, text } from '../../database/rows.js';
import type { Prospect } from '../prospect.entity.js';
import type { ProspectStatus } from '../status/status.js';
import type { Objection } from '../suppression/suppression-keys.js';
import { MergeParts } from './merge-parts.service.js';
import { differs, isFilled, type MergeField, mergeFields, type Side, sideOf } from './merged-fields.js';
import { MergedOppositions } from './merged-oppositions.service.js';
import { mergedStanding } from './merged-status.js';
import { type Evidence, similarity } from './similar-people.js';
import { domainOf, loadPair } from './stored-prospects.queries.js';

/** A field of either side, and from which the merge takes it unless told otherwise. */
export interface PreviewedField {
  field: MergeField;
  side: Side;
  isChoice: boolean;
}

/** What a merge would make, before anybody makes it. */
export interface MergePreview {
  survivor: Prospect;
  other: Prospect;
  evidence: Evidence[];
  fields: PreviewedField[];
  status: ProspectStatus;
  objection: Objection;
  /** Code of the conflict that forbids it just now. */
  hindrance: string | null;
  /** Facts in the history, by prospect. */
  facts: ReadonlyMap<string, number>;
  owners: ReadonlyMap<string, string>;
}

@Injectable()
export class MergePreviews {
  constructor(
    private readonly database: Database,
    private readonly oppositions: MergedOppositions,
    private readonly parts: MergeParts,
  ) {}

  /** @throws NotFound; InvalidInput on `otherId`, as the merge itself */
  of(actor: Actor, survivorId: string, otherId: string): Promise<MergePreview> {
    return this.database.read(async (db) => {
      const [survivor, other] = await loadPair(db, actor, survivorId, otherId);
      const objection = await this.oppositions.of(db, [survivor, other]);
      const standing = mergedStanding(survivor, other);
      return {
        ...{ survivor, other, objection },
        evidence: await evidenceOf(db, survivor, other),
        fields: mergeFields
          .filter((field) => isFilled(field, survivor) || isFilled(field, other))
          .map((field) => ({
            field,
            side: sideOf(field, survivor, other),
            isChoice: differs(field, survivor, other),
          })),
        status: objection === 'all' ? 'do_not_contact' : standing.status,
        hindrance: await this.hindrance(db, [survivor.id, other.id]),
        facts: await factsAbout(db, [survivor.id, other.id]),
        owners: await namesOf(db, [survivor.ownerId, other.ownerId]),
      };
    });
  }

  private async hindrance(db: Db, ids: readonly string[]): Promise<string | null> {
    for (const part of this.parts.all) {
      const found = await part.hindrance(db, ids);
      if (found !== null) return found;
    }
    return null;
  }
}

async function evidenceOf(db: Db, one: Prospect, other: Prospect): Promise<Evidence[]> {
  const [mine, theirs] = [await domainOf(db, one.companyId), await domainOf(db, other.companyId)];
  return similarity(
    Object.assign({}, one, { companyDomain: mine }),
    Object.assign({}, other, { companyDomain: theirs }),
  ).evidence;
}

async function factsAbout(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.rows(
    sql`SELECT prospect_id, COUNT(*) AS facts FROM activity WHERE ${db.dialect.isAmong(sql`prospect_id`, ids)}
      GROUP BY prospect_id`,
    { prospectId: text, facts: integer },
  );
  return new Map(rows.map(({ prospectId, facts }) => [prospectId, facts]));
}

async function namesOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const rows = await db.rows(sql`SELECT id, name FROM app_user WHERE ${db.dialect.isAmong(sql`id`, known)}`, {
    id: text,
    name: text,
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
