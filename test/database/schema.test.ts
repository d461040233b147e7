import { expect, it } from 'vitest';
import { Config } from '../../src/config/config.js';
import { storeFor } from '../../src/database/database.module.js';
import { MIGRATIONS } from '../../src/database/migrations.js';
import { ENTITIES } from '../../src/entities.js';
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
});
