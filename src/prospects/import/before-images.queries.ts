import { setImmediate as breath } from 'node:timers/promises';
import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { integer, json, text, type RowOf } from '../../database/rows.js';
import type { BeforeImage } from './before-image.js';

const PLACE = { id: text, rowNumber: integer, prospectId: text };
const IMAGE = { ...PLACE, before: json<BeforeImage>() };
/** What one row of the file replaced. */
export type StoredImage = RowOf<typeof IMAGE>;

/** Beyond every row of a file. */
export const LAST_ROW = 2 ** 31 - 1;
/** Places read at a time. */
const PLACES = 2000;

/** Latest first, so that two changes of one prospect come off in the order they went on. */
export function imagesBefore(
  db: Db,
  importId: string,
  before: number,
  limit: number,
): Promise<StoredImage[]> {
  return db.rows(
    sql`SELECT id, row_number, prospect_id, "before" FROM import_row ${kept(importId, before, limit)}`,
    IMAGE,
  );
}

/**
 * The ids of all images of those whom the file changed more than once, by person. All of a person's are taken back in
 * one transaction: a revert that is cut off between two would find the earlier one changed by somebody, namely by itself.
 */
export async function repeatedImages(
  database: Database,
  importId: string,
  isClosing: () => boolean,
): Promise<Map<string, string[]>> {
  const first = new Map<string, string>();
  const repeated = new Map<string, string[]>();
  for (let before = LAST_ROW; !isClosing();) {
    const places = await database.read((db) =>
      db.rows(
        sql`SELECT id, row_number, prospect_id FROM import_row ${kept(importId, before, PLACES)}`,
        PLACE,
      ),
    );
    for (const { id, prospectId } of places) {
      const known = first.get(prospectId);
      if (known === undefined) first.set(prospectId, id);
      else repeated.set(prospectId, [...(repeated.get(prospectId) ?? [known]), id]);
    }
    if (places.length < PLACES) break;
    before = places.at(-1)!.rowNumber;
    await breath();
  }
  return repeated;
}

/** The images of the same people which a later turn would come to; the latest first. */
export async function othersOf(
  db: Db,
  images: readonly StoredImage[],
  repeated: ReadonlyMap<string, readonly string[]>,
): Promise<StoredImage[]> {
  const here = new Set(images.map(({ id }) => id));
  const ids = new Set(images.flatMap(({ prospectId }) => repeated.get(prospectId) ?? []));
  const others = [...ids].filter((id) => !here.has(id));
  if (others.length === 0) return [];
  return db.rows(
    sql`SELECT id, row_number, prospect_id, "before" FROM import_row
      WHERE ${db.dialect.isAmong(sql`id`, others)} AND "before" IS NOT NULL ORDER BY row_number DESC`,
    IMAGE,
  );
}

const kept = (importId: string, before: number, limit: number): Sql =>
  sql`WHERE import_id = ${importId} AND row_number < ${before} AND "before" IS NOT NULL
    ORDER BY row_number DESC LIMIT ${limit}`;
