import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * The index behind the search box, which no entity can say: full text on SQLite (FTS5 over the words of `prospect`, with
 * the client's id as one more word), an inverted index of the same words behind the client's id on PostgreSQL. See database/word-search.ts.
 *
 * On SQLite a new row waits for the next catch-up, and every other change keeps the index in step at once; the rows keep
 * their rowid through VACUUM and VACUUM INTO, since the table has indices of its own.
 */

const sqlite = [
  `CREATE VIRTUAL TABLE "prospect_words" USING fts5(client_id, search_text, content='prospect', content_rowid='rowid',
    tokenize="unicode61 remove_diacritics 2 tokenchars '-'", detail=none, columnsize=0, prefix='1 2')`,
  `CREATE TABLE "prospect_words_mark" ("indexed_to" integer NOT NULL)`,
  `INSERT INTO "prospect_words_mark" SELECT COALESCE(MIN(rowid), 1) - 1 FROM "prospect"`,
  `CREATE TRIGGER "prospect_words_again" AFTER INSERT ON "prospect"
    WHEN new.rowid <= (SELECT indexed_to FROM prospect_words_mark) BEGIN
      INSERT INTO prospect_words (rowid, client_id, search_text) VALUES (new.rowid, new.client_id, new.search_text);
    END`,
  `CREATE TRIGGER "prospect_words_gone" AFTER DELETE ON "prospect"
    WHEN old.rowid <= (SELECT indexed_to FROM prospect_words_mark) BEGIN
      INSERT INTO prospect_words (prospect_words, rowid, client_id, search_text)
        VALUES ('delete', old.rowid, old.client_id, old.search_text);
    END`,
  `CREATE TRIGGER "prospect_words_changed" AFTER UPDATE OF search_text ON "prospect"
    WHEN old.search_text <> new.search_text AND old.rowid <= (SELECT indexed_to FROM prospect_words_mark) BEGIN
      INSERT INTO prospect_words (prospect_words, rowid, client_id, search_text)
        VALUES ('delete', old.rowid, old.client_id, old.search_text);
      INSERT INTO prospect_words (rowid, client_id, search_text) VALUES (new.rowid, new.client_id, new.search_text);
    END`,
];

const postgres = [
  `CREATE INDEX "IDX_prospect_words" ON "prospect" USING gin
    (array_to_tsvector(array_remove(string_to_array(
      client_id || '/' || replace(search_text, ' ', ' ' || client_id || '/'), ' '), '')))
    WITH (gin_pending_list_limit = 512)`,
];

export class WordSearch1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The search index is not taken away again: restore a backup instead.');
  }
}
