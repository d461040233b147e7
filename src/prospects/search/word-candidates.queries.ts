import type { Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { type Beginning, MOST_ENDINGS } from '../../database/word-search.js';

const TERM = { term: text };

/**
 * A SELECT of `nth` of the rows of these clients that may have words beginning so (see WordSearch). Whoever reads them
 * tries each row's own words and client.
 */
export async function candidatesFor(
  db: Db,
  clientIds: readonly string[],
  words: readonly string[],
  options?: { mayAddOthers: boolean },
): Promise<Sql> {
  const beginnings: Beginning[] = [];
  for (const word of words) beginnings.push({ word, endings: await endingsOf(db, word) });
  return db.dialect.words.candidates(clientIds, beginnings, options);
}

/** As `candidatesFor` one word, of the rows that have it besides the one they are sorted by name under; null where that is not kept. */
export async function besidesName(db: Db, clientId: string, word: string): Promise<Sql | null> {
  return db.dialect.words.besides(clientId, { word, endings: await endingsOf(db, word) });
}

async function endingsOf(db: Db, word: string): Promise<string[] | null> {
  const asked = db.dialect.words.endings(word);
  const found = asked === null ? null : await db.rows(asked, TERM);
  return found === null || found.length > MOST_ENDINGS ? null : found.map(({ term }) => term);
}
