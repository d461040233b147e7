import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import sql from 'sql-template-tag';
import { expect, inject, it } from 'vitest';
import { Config } from '../../src/config/config.js';
import { storeFor } from '../../src/database/database.module.js';
import { MIGRATIONS } from '../../src/database/migrations.js';
import { integer } from '../../src/database/rows.js';
import { ENTITIES } from '../../src/entities.js';
import { newId } from '../../src/shared/id.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the schema', (world) => {
  it('is what the entities say: TypeORM would change nothing', async () => {
    const { databaseUrl, dataDir } = world.get(Config);
    const store = storeFor({ databaseUrl, dataDir }, { entities: ENTITIES, migrations: MIGRATIONS });
    await store.source.initialize();
    const { upQueries } = await store.source.driver.createSchemaBuilder().log();
    await store.source.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('of a database that has people in it since the first migrations goes on to today’s', async () => {
    const { databaseUrl } = world.get(Config);
    const dataDir = mkdtempSync(join(tmpdir(), 'carnet-upgrade-'));
    const place = { databaseUrl: databaseUrl && (await emptyDatabase()), dataDir };
    const [client, person] = [newId(), newId()];
    const now = new Date();

    const before = storeFor(place, { entities: ENTITIES, migrations: MIGRATIONS.slice(0, 2) });
    await before.open();
    await before.write(async (tx) => {
      await tx.run(sql`INSERT INTO client (id, name, time_zone, locale, country, created_at)
        VALUES (${client}, 'Acme', 'Europe/Paris', 'fr', 'FR', ${now})`);
      await tx.run(sql`INSERT INTO prospect (id, client_id, full_name, sort_name, company_sort, search_text, status, status_at,
          source, created_at, updated_at, last_activity_at)
        VALUES (${person}, ${client}, 'Ada Roux', 'roux ada', '', 'ada roux', 'new', ${now}, 'manual', ${now}, ${now}, ${now})`);
    });
    await before.close();

    const after = storeFor(place, { entities: ENTITIES, migrations: MIGRATIONS });
    await after.open();
    const { upQueries } = await after.source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    if (databaseUrl === null) {
      const kept = await after.read((db) =>
        db.row(sql`SELECT size FROM prospect_count WHERE client_id = ${client} AND status = 'new'`, {
          size: integer,
        }),
      );
      expect(kept).toEqual({ size: 1 });
      await after.read((db) => db.rows(sql`SELECT doc FROM prospect_terms LIMIT 1`, { doc: integer }));
    }
    await after.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
});

async function emptyDatabase(): Promise<string> {
  const base = inject('postgresBase');
  const name = `upgrade_${newId().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${base}postgres` });
  await client.connect();
  await client.query(`CREATE DATABASE "${name}"`);
  await client.end();
  return base + name;
}
