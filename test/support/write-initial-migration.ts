import 'reflect-metadata';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeFor } from '../../src/database/database.module.js';
import { ENTITIES } from '../../src/entities.js';
import { startPostgres } from './postgres.js';

/*
 * Writes the first migration anew from the entities, for both databases: `npm run migration:initial`. For use before
 * the first release only; afterwards a change of an entity is a migration of its own.
 */

async function statementsFor(databaseUrl: string | null): Promise<string[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carnet-migration-'));
  const store = storeFor({ databaseUrl, dataDir }, { entities: ENTITIES, migrations: [] });
  await store.source.initialize();
  const { upQueries } = await store.source.driver.createSchemaBuilder().log();
  const statements = upQueries.map(({ query }) => query.trim());
  // On SQLite TypeORM adds each foreign key by copying the table; what counts is the schema it arrives at.
  if (databaseUrl === null) {
    for (const statement of statements) await store.source.query(statement);
    const made = await store.source.query<{ sql: string }[]>(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, rowid",
    );
    statements.splice(0, Infinity, ...made.map(({ sql }) => sql.trim()));
  }
  await store.source.destroy();
  return statements;
}

function literal(statements: string[]): string {
  return statements.map((statement) => `  '${statement.replaceAll("'", "\\'")}',`).join('\n');
}

const postgres = await startPostgres();
try {
  await postgres.create('initial');
  const sqlite = await statementsFor(null);
  const onPostgres = await statementsFor(postgres.url('initial'));
  writeFileSync(
    new URL('../../src/database/migrations/1700000000000-initial.ts', import.meta.url),
    `import type { MigrationInterface, QueryRunner } from 'typeorm';

/* Written from the entities by \`npm run migration:initial\`. */

const sqlite = [
${literal(sqlite)}
];

const postgres = [
${literal(onPostgres)}
];

export class Initial1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is not undone: restore a backup instead.');
  }
}
`,
  );
  console.log(`initial migration: ${sqlite.length} statements on SQLite, ${onPostgres.length} on PostgreSQL`);
} finally {
  await postgres.stop();
}
