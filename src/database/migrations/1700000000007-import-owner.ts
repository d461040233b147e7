import type { MigrationInterface, QueryRunner } from 'typeorm';

/* An import says whose its new people are. Those of before were nobody’s. */

const sqlite = ['ALTER TABLE "import" ADD COLUMN "owner_id" varchar(36)'];

const postgres = ['ALTER TABLE "import" ADD "owner_id" character varying(36)'];

export class ImportOwner1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
