import type { MigrationInterface, QueryRunner } from 'typeorm';

/* Who called is found by the number, or by how it begins, whichever client they are of. */

const sqlite = [
  'CREATE INDEX "IDX_53f123948b365b844f3b92e8a6" ON "prospect" ("mobile_phone") WHERE mobile_phone IS NOT NULL',
  'CREATE INDEX "IDX_21086a97a6ff5563f9f11590ae" ON "prospect" ("phone") WHERE phone IS NOT NULL',
];

const postgres = [
  'CREATE INDEX "IDX_53f123948b365b844f3b92e8a6" ON "prospect" ("mobile_phone" text_pattern_ops) WHERE mobile_phone IS NOT NULL',
  'CREATE INDEX "IDX_21086a97a6ff5563f9f11590ae" ON "prospect" ("phone" text_pattern_ops) WHERE phone IS NOT NULL',
];

export class PeopleByNumber1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
