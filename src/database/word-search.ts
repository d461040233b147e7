import sql, { type Sql } from 'sql-template-tag';

/**
 * Finding prospects by the beginnings of their words, through an index of each database's own kind. The words asked
 * hold nothing but letters and digits (prospects/search-words.ts), so no query can be more than it looks.
 */
export interface WordSearch {
  /**
   * A SELECT of `nth`, which names the rows of `prospect` that have a word beginning with each of the words, those of
   * these clients. Rows that are not indexed yet are among them, whatever their words.
   */
  candidates(clientIds: readonly string[], words: readonly string[]): Sql;
  /** What `nth` is of a row `p`. */
  readonly nth: Sql;
  /** Brings some rows into the index that are not in it yet; null where a row is indexed as it is written. */
  readonly catchUp: { readonly next: Sql; readonly mark: Sql } | null;
}

/** Rows indexed in one statement: some 10 ms during which other writers wait. */
const CATCH_UP = 400;

/*
 * SQLite: indexing a row costs more than writing it, so new rows are indexed a little later, in the order of their
 * rowid; `prospect_words_mark` holds the last one that is. Rows beyond the mark are looked at one by one.
 */
export const sqliteWords: WordSearch = {
  candidates(clientIds, words) {
    const scope = `(${clientIds.map((id) => `"${id}"`).join(' OR ')})`;
    const match = [scope, ...words.map((word) => `"${word}" *`)].join(' AND ');
    return sql`SELECT rowid AS nth FROM prospect_words WHERE prospect_words MATCH ${match}
      UNION ALL SELECT rowid FROM prospect WHERE rowid > (SELECT indexed_to FROM prospect_words_mark)`;
  },
  nth: sql`p.rowid`,
  catchUp: {
    next: sql`INSERT INTO prospect_words (rowid, client_id, search_text)
      SELECT rowid, client_id, search_text FROM prospect
      WHERE rowid > (SELECT indexed_to FROM prospect_words_mark) ORDER BY rowid LIMIT ${CATCH_UP}`,
    mark: sql`UPDATE prospect_words_mark SET indexed_to = (SELECT MAX(rowid) FROM
      (SELECT rowid FROM prospect WHERE rowid > indexed_to ORDER BY rowid LIMIT ${CATCH_UP}) batch)
      WHERE EXISTS (SELECT 1 FROM prospect WHERE rowid > indexed_to)`,
  },
};

/*
 * PostgreSQL: a GIN index over the words, each behind its client's id, so that a search of one client meets no other's
 * words; it asks for no extension. The expression is that of the index, letter for letter.
 */
export const postgresWords: WordSearch = {
  candidates(clientIds, words) {
    const beginning = (word: string) => clientIds.map((id) => `'${id}/${word}':*`).join(' | ');
    const match = words.map((word) => `(${beginning(word)})`).join(' & ');
    return sql`SELECT id AS nth FROM prospect WHERE array_to_tsvector(array_remove(string_to_array(
        client_id || '/' || replace(search_text, ' ', ' ' || client_id || '/'), ' '), '')) @@ ${match}::tsquery
      OFFSET 0`;
  },
  nth: sql`p.id`,
  catchUp: null,
};
