import pg from 'pg';
import sql from 'sql-template-tag';
import { inject } from 'vitest';
import { text } from '../../src/database/rows.js';
import type { World } from './world.js';

/** What somebody beside us does to the PostgreSQL database of a world: ends its connections, and perhaps moves it away. */
export interface Outside {
  name: string;
  cut(statement?: string): Promise<void>;
}

export async function outsideOf(world: World): Promise<Outside> {
  const { name } = (await world.database.read((db) =>
    db.row(sql`SELECT current_database() name`, { name: text }),
  ))!;
  return {
    name,
    async cut(statement) {
      const client = new pg.Client({ connectionString: `${inject('postgresBase')}postgres` });
      await client.connect();
      try {
        await client.query(
          'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1',
          [name],
        );
        if (statement !== undefined) await client.query(statement);
      } finally {
        await client.end();
      }
    },
  };
}
