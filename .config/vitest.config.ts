import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

/** Nest and TypeORM read decorator metadata, which Vite's own transform drops; swc keeps it. */
export const decorators = swc.vite({
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
});

export const root = new URL('..', import.meta.url).pathname;

/** Two projects: rules need no database and start in milliseconds; services start a real PostgreSQL once. */
export default defineConfig({
  root,
  plugins: [decorators],
  test: {
    reporters: ['default', `${root}test/support/closing-line.ts`],
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    setupFiles: ['./test/support/law-seed.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['test/architecture.test.ts', 'test/rules/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'services',
          include: [
            'test/{database,modules,api,pages,jobs,support}/**/*.test.ts',
            'test/migrations/**/*.test.ts',
          ],
          globalSetup: ['./test/support/databases.ts'],
        },
      },
    ],
  },
});
