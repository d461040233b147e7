import 'reflect-metadata';
import { storeFor } from '../../src/database/database.module.js';
import { MIGRATIONS } from '../../src/database/migrations.js';
import { ENTITIES } from '../../src/entities.js';

/** Migrates an empty database of each kind, as a first start would. */
export async function migrateTemplates(postgresUrl: string, folder: string): Promise<void> {
  for (const databaseUrl of [postgresUrl, null]) {
    const store = storeFor({ databaseUrl, dataDir: folder }, { entities: ENTITIES, migrations: MIGRATIONS });
    await store.open();
    await store.close();
  }
}
