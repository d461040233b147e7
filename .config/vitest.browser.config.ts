import { defineConfig } from 'vitest/config';
import { decorators, root } from './vitest.config.js';

/** Journeys in a real Chromium and runs of the built program, one after another: they share two cores with the browser they drive. */
export default defineConfig({
  root,
  plugins: [decorators],
  test: {
    name: 'browser',
    include: ['test/{browser,process}/**/*.test.ts'],
    globalSetup: ['./test/support/databases.ts'],
    reporters: ['default', `${root}test/support/closing-line.ts`],
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // Two cores carry the browser, the program and the database: one slow moment is not a fault, twice the same is.
    retry: 1,
  },
});
