import sql, { join, type Sql } from 'sql-template-tag';

/**
 * Finding prospects by the beginnings of their words, through an index of each database's own kind. The words asked
 * hold nothing but letters and digits (prospects/search-words.ts), so no query can be more than it looks.
 */
export interface WordSearch {
  /**
   * A SELECT of `nth`, which names the rows of `prospect` that have a word beginning with each of the words, those of
   * these clients. Rows that are not indexed yet are among them, whatever their words. `mayAddOthers`: rows of other
   * clients may be among them too, where leaving them out takes longer.
   */
  candidates(
    clientIds: readonly string[],
    words: readonly Beginning[],
    options?: { mayAddOthers: boolean },
  ): Sql;
  /**
   * As `candidates`, of the rows that have such a word besides the one they are sorted by name under; null where that is
   * not kept.
   */
  besides(clientId: string, word: Beginning): Sql | null;
  /** A SELECT of `term`, the words in the index that begin so, up to one too many; null where nobody needs to know. */
  endings(word: string): Sql | null;
  /** What `nth` is of a row `p`. */
  readonly nth: Sql;
  /** Brings some rows into the index that are not in it yet; null where a row is indexed as it is written. */
  readonly catchUp: { readonly next: readonly Sql[]; readonly mark: Sql } | null;
}

/** The beginning of a word; `endings`: all the words of the index that begin so, when they are few. */
export interface Beginning {
  word: string;
  endings: readonly string[] | null;
}

/** A beginning with more words than these is asked for as such. */
export const MOST_ENDINGS = 32;

/** Rows indexed at a time: some 10 ms during which other writers wait. */
const CATCH_UP = 250;

const BEYOND_MARK = sql`rowid > (SELECT indexed_to FROM prospect_words_mark)`;
const NEXT_ROWS = sql`WHERE ${BEYOND_MARK} ORDER BY rowid LIMIT ${CATCH_UP}`;
const NOT_INDEXED = sql`SELECT rowid FROM prospect WHERE ${BEYOND_MARK}`;

/*
 * SQLite: indexing a row costs more than writing it, so new rows are indexed a little later, in the order of their
 * rowid; `prospect_words_mark` holds the last one that is. Rows beyond the mark are looked at one by one.
 *
 * FTS5 reads whole words as it goes, leaping over what cannot match; the beginning of a word it gathers first, all of
 * it, but for those of one or two letters, which have an index of their own. And it leaps badly over a client's id that
 * most rows have: where a client holds more than half of everybody, others are left out afterwards.
 */
export const sqliteWords: WordSearch = {
  candidates(clientIds, words, { mayAddOthers } = { mayAddOthers: false }) {
    const asked = matchOf(clientIds, words, mayAddOthers);
    return sql`SELECT rowid AS nth FROM prospect_words WHERE prospect_words MATCH ${asked} UNION ALL ${NOT_INDEXED}`;
  },
  besides(clientId, word) {
    const asked = matchOf([clientId], [word], true);
    return sql`SELECT rowid AS nth FROM prospect_words_besides WHERE prospect_words_besides MATCH ${asked}
      UNION ALL ${NOT_INDEXED}`;
  },
  endings: (word) => (word.length < 3 ? null : endingsOf(word)),
  nth: sql`p.rowid`,
  catchUp: {
    next: [
      sql`INSERT INTO prospect_words (rowid, client_id, search_text)
        SELECT rowid, client_id, search_text FROM prospect ${NEXT_ROWS}`,
      // All but the first word of the name it is sorted by, as the triggers of the table say it.
      sql`INSERT INTO prospect_words_besides (rowid, client_id, words)
        SELECT rowid, client_id, trim(replace(' ' || search_text || ' ',
          ' ' || substr(sort_name, 1, instr(sort_name || ' ', ' ') - 1) || ' ', ' ')) FROM prospect ${NEXT_ROWS}`,
    ],
    mark: sql`UPDATE prospect_words_mark SET indexed_to = (SELECT MAX(rowid) FROM
      (SELECT rowid FROM prospect WHERE rowid > indexed_to ORDER BY rowid LIMIT ${CATCH_UP}) batch)
      WHERE EXISTS (SELECT 1 FROM prospect WHERE rowid > indexed_to)`,
  },
};

function matchOf(clientIds: readonly string[], words: readonly Beginning[], mayAddOthers: boolean): Sql {
  const match = words.map(beginsSo).join(' AND ');
  const own = `(${clientIds.map((id) => `"${id}"`).join(' OR ')}) AND ${match}`;
  if (!mayAddOthers) return sql`${own}`;
  return sql`CASE WHEN (SELECT 2 * SUM(size) FROM prospect_count WHERE client_id IN (${join(clientIds)}))
    > (SELECT SUM(size) FROM prospect_count) THEN ${match} ELSE ${own} END`;
}

/** One look-up for each: a word many people have is met once, and leapt over. */
function endingsOf(word: string): Sql {
  const end = `${word}\u{10FFFF}`;
  return sql`WITH RECURSIVE ending (term) AS (
      SELECT (SELECT term FROM prospect_terms WHERE term >= ${word} LIMIT 1)
      UNION ALL SELECT (SELECT t.term FROM prospect_terms t WHERE t.term >= e.term || char(1) LIMIT 1)
        FROM ending e WHERE e.term < ${end})
    SELECT term FROM ending WHERE term < ${end} LIMIT ${MOST_ENDINGS + 1}`;
}

function beginsSo({ word, endings }: Beginning): string {
  if (endings === null) return `"${word}" *`;
  return endings.length === 0 ? `"${word}"` : `(${endings.map((one) => `"${one}"`).join(' OR ')})`;
}

/*
 * PostgreSQL: a GIN index over the words, each behind its client's id, so that a search of one client meets no other's
 * words; it asks for no extension. The expression is that of the index, letter for letter.
 */
export const postgresWords: WordSearch = {
  candidates(clientIds, words) {
    const beginning = (word: string) => clientIds.map((id) => `'${id}/${word}':*`).join(' | ');
    const match = words.map(({ word }) => `(${beginning(word)})`).join(' & ');
    return sql`SELECT id AS nth FROM prospect WHERE array_to_tsvector(array_remove(string_to_array(
        client_id || '/' || replace(search_text, ' ', ' ' || client_id || '/'), ' '), '')) @@ ${match}::tsquery
      OFFSET 0`;
  },
  besides: () => null,
  endings: () => null,
  nth: sql`p.id`,
  catchUp: null,
};
