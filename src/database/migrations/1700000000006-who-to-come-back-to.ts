import type { MigrationInterface, QueryRunner } from 'typeorm';

/* The day’s queue reads who is to be come back to by their day, not everybody at `later`. */

const sqlite = [
  'CREATE INDEX "IDX_22e850ba711eff7e643fc987b9" ON "prospect" ("client_id", "status_until") WHERE status_until IS NOT NULL',
];

const postgres = [
  'CREATE INDEX "IDX_22e850ba711eff7e643fc987b9" ON "prospect"  ("client_id", "status_until") WHERE status_until IS NOT NULL',
];

export class WhoToComeBackTo1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
