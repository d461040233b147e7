import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * How many prospects of a client stand at each status, kept by SQLite itself as rows come, go and change: the head of
 * every list says so, and counting them again held up everybody, since SQLite has one thread. PostgreSQL counts when it
 * is asked (status-counts.queries.ts): there a row that every change of a client writes would make writers wait for each
 * other.
 *
 * And the words of SQLite's search index, in order, as a table that takes no room: a search for the beginning of a word
 * asks it which words there are.
 */
const sqlite = [
  `CREATE TABLE "prospect_count" ("client_id" varchar NOT NULL, "status" varchar NOT NULL, "size" integer NOT NULL,
    PRIMARY KEY ("client_id", "status")) WITHOUT ROWID`,
  `INSERT INTO "prospect_count" SELECT client_id, status, COUNT(*) FROM "prospect" GROUP BY client_id, status`,
  `CREATE TRIGGER "prospect_count_come" AFTER INSERT ON "prospect" BEGIN
      INSERT INTO prospect_count VALUES (new.client_id, new.status, 1)
        ON CONFLICT (client_id, status) DO UPDATE SET size = size + 1;
    END`,
  `CREATE TRIGGER "prospect_count_gone" AFTER DELETE ON "prospect" BEGIN
      UPDATE prospect_count SET size = size - 1 WHERE client_id = old.client_id AND status = old.status;
    END`,
  `CREATE TRIGGER "prospect_count_moved" AFTER UPDATE OF status, client_id ON "prospect"
    WHEN old.status <> new.status OR old.client_id <> new.client_id BEGIN
      UPDATE prospect_count SET size = size - 1 WHERE client_id = old.client_id AND status = old.status;
      INSERT INTO prospect_count VALUES (new.client_id, new.status, 1)
        ON CONFLICT (client_id, status) DO UPDATE SET size = size + 1;
    END`,
  `CREATE VIRTUAL TABLE "prospect_terms" USING fts5vocab(prospect_words, instance)`,
];

export class CountsAndWords1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type === 'postgres') return;
    for (const statement of sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The counts are not taken away again: restore a backup instead.');
  }
}
