import { Initial1700000000000 } from './migrations/1700000000000-initial.js';
import { WordSearch1700000000001 } from './migrations/1700000000001-word-search.js';
import { StatusCounts1700000000002 } from './migrations/1700000000002-status-counts.js';
import type { MigrationClass } from './store.js';

/** Every step of the schema, oldest first; run at start, each in a transaction. */
export const MIGRATIONS: MigrationClass[] = [
  Initial1700000000000,
  WordSearch1700000000001,
  StatusCounts1700000000002,
];
