import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * A client says that its reports must be counted anew. Added and not copied: SQLite would empty every table that hangs on
 * `client` while the old one is dropped.
 */

const sqlite = ['ALTER TABLE "client" ADD COLUMN "recount_asked_at" datetime'];

const postgres = ['ALTER TABLE "client" ADD "recount_asked_at" TIMESTAMP WITH TIME ZONE'];

export class RecountAsked1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
