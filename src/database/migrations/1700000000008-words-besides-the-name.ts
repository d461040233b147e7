import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * SQLite's second index behind the search box: of each prospect the words it is found by besides the one it is sorted
 * under. A list by name needs no index to find those sorted under a word, since they stand together, and with this one it
 * need not look for the others among all who come before. See database/word-search.ts.
 */

const wordsOf = (row: string): string =>
  `trim(replace(' ' || ${row}search_text || ' ',
        ' ' || substr(${row}sort_name, 1, instr(${row}sort_name || ' ', ' ') - 1) || ' ', ' '))`;
const forget = `INSERT INTO prospect_words (prospect_words, rowid, client_id, search_text)
        VALUES ('delete', old.rowid, old.client_id, old.search_text);
      INSERT INTO prospect_words_besides (prospect_words_besides, rowid, client_id, words)
        VALUES ('delete', old.rowid, old.client_id, ${wordsOf('old.')});`;
const learn = `INSERT INTO prospect_words (rowid, client_id, search_text)
        VALUES (new.rowid, new.client_id, new.search_text);
      INSERT INTO prospect_words_besides (rowid, client_id, words)
        VALUES (new.rowid, new.client_id, ${wordsOf('new.')});`;
const isIndexed = (row: string): string => `${row}rowid <= (SELECT indexed_to FROM prospect_words_mark)`;

const sqlite = [
  `CREATE VIRTUAL TABLE "prospect_words_besides" USING fts5(client_id, words, content='',
    tokenize="unicode61 remove_diacritics 2 tokenchars '-'", detail=none, columnsize=0, prefix='1 2')`,
  `INSERT INTO prospect_words_besides (rowid, client_id, words)
    SELECT rowid, client_id, ${wordsOf('')} FROM prospect WHERE ${isIndexed('')}`,
  'DROP TRIGGER "prospect_words_again"',
  'DROP TRIGGER "prospect_words_gone"',
  'DROP TRIGGER "prospect_words_changed"',
  `CREATE TRIGGER "prospect_words_again" AFTER INSERT ON "prospect" WHEN ${isIndexed('new.')} BEGIN ${learn} END`,
  `CREATE TRIGGER "prospect_words_gone" AFTER DELETE ON "prospect" WHEN ${isIndexed('old.')} BEGIN ${forget} END`,
  `CREATE TRIGGER "prospect_words_changed" AFTER UPDATE OF search_text, sort_name ON "prospect"
    WHEN (old.search_text <> new.search_text OR old.sort_name <> new.sort_name) AND ${isIndexed('old.')}
    BEGIN ${forget} ${learn} END`,
];

export class WordsBesidesTheName1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type === 'postgres') return;
    for (const statement of sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
