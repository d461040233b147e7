import 'reflect-metadata';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../src/database/migrations.js';
import { storeFor } from '../../src/database/database.module.js';
import { ENTITIES } from '../../src/entities.js';
import { startPostgres } from './postgres.js';

/*
 * `npm run migration -- a-name`: writes what TypeORM would still change, after every migration there is, into a new one
 * for both databases. To be read before it is kept: SQLite copies a table for most changes of a column, and what no entity
 * can say (triggers, full text) is added by hand.
 */

async function statementsFor(databaseUrl: string | null): Promise<string[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carnet-migration-'));
  const store = storeFor({ databaseUrl, dataDir }, { entities: ENTITIES, migrations: MIGRATIONS });
  await store.open();
  const { upQueries } = await store.source.driver.createSchemaBuilder().log();
  await store.close();
  return upQueries.map(({ query }) => query.trim());
}

function literal(statements: string[]): string {
  return statements.map((statement) => `  '${statement.replaceAll("'", "\\'")}',`).join('\n');
}

const [name = ''] = process.argv.slice(2);
if (!/^[a-z][a-z-]*$/.test(name)) {
  console.error('Say what it changes, in small letters and hyphens: npm run migration -- mailbox-signatures');
  process.exit(2);
}
const number = 1700000000000 + MIGRATIONS.length;
const className =
  name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()) + String(number);

const postgres = await startPostgres();
try {
  await postgres.create('migrated');
  const sqlite = await statementsFor(null);
  const onPostgres = await statementsFor(postgres.url('migrated'));
  const file = `${number}-${name}.ts`;
  writeFileSync(
    new URL(`../../src/database/migrations/${file}`, import.meta.url),
    `import type { MigrationInterface, QueryRunner } from 'typeorm';

const sqlite = [
${literal(sqlite)}
];

const postgres = [
${literal(onPostgres)}
];

export class ${className} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.dataSource.options.type === 'postgres';
    for (const statement of isPostgres ? postgres : sqlite) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A migration is not undone: restore a backup instead.');
  }
}
`,
  );
  console.log(`${file}: ${sqlite.length} statements on SQLite, ${onPostgres.length} on PostgreSQL.`);
  console.log('Now list it in src/database/migrations.ts.');
} finally {
  await postgres.stop();
}
