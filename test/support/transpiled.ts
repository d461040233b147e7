import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = new URL('../..', import.meta.url).pathname;

/**
 * The application as plain JavaScript in a folder of its own, for tests that need it in another process: two seconds
 * once, instead of twenty for each process. Gives the folder; `test/support/<name>.ts` is at the same place in it.
 */
export function transpiled(...scripts: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-js-'));
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join('src', file));
  for (const file of [...sources, ...scripts.map((name) => join('test/support', `${name}.ts`))]) {
    const { code } = transformFileSync(join(ROOT, file), {
      module: { type: 'es6' },
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        experimental: { keepImportAttributes: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
    });
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  for (const part of ['views', 'assets', 'locales'])
    cpSync(join(ROOT, 'src/web', part), join(folder, 'src/web', part), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
