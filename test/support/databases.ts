import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** `postgres://…/` of the running server, without a database name. */
    postgresBase: string;
    /** A migrated, empty SQLite file to copy. */
    sqliteTemplate: string;
  }
}

/** Name of the migrated, empty PostgreSQL database that each test's own is copied from. */
export const TEMPLATE = 'carnet_template';

/** Once per run: a real PostgreSQL, and an empty migrated database of each kind, which tests copy in milliseconds. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'carnet-template-'));
  await server.create(TEMPLATE);
  const { migrateTemplates } = await import('./templates.js');
  await migrateTemplates(server.url(TEMPLATE), folder);
  project.provide('postgresBase', server.url(''));
  project.provide('sqliteTemplate', join(folder, 'carnet.sqlite'));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
