import type { MigrationInterface, QueryRunner } from 'typeorm';

/* Indices of mails only over those somebody looks for by them: a mail that has gone stands in neither. */

const sqlite = [
  'DROP INDEX "IDX_0a98a4fa9e2e94496d981195a3"',
  'DROP INDEX "IDX_1dea14539bef0e83bb8ad40b08"',
  'CREATE INDEX "IDX_33f656b4e8db76303303adc30f" ON "outgoing_mail" ("relay_message_id") WHERE relay_message_id IS NOT NULL',
  'CREATE INDEX "IDX_629f380b168b7e4eef49a5b984" ON "outgoing_mail" ("state", "claimed_at") WHERE state IN (\'claimed\', \'sending\', \'uncertain\')',
];

const postgres = [
  'DROP INDEX "IDX_1dea14539bef0e83bb8ad40b08"',
  'DROP INDEX "IDX_0a98a4fa9e2e94496d981195a3"',
  'CREATE INDEX "IDX_33f656b4e8db76303303adc30f" ON "outgoing_mail"  ("relay_message_id") WHERE relay_message_id IS NOT NULL',
  'CREATE INDEX "IDX_629f380b168b7e4eef49a5b984" ON "outgoing_mail"  ("state", "claimed_at") WHERE state IN (\'claimed\', \'sending\', \'uncertain\')',
];

export class FewerMailIndices1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
