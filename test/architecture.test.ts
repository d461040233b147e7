import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * The house holds only as long as somebody reads the imports. A room is a top folder of src; imports go down the
 * floors, never up or sideways; a file without a role suffix is a pure rule.
 */

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const FLOORS: Record<string, number> = {
  shared: 0,
  config: 1,
  clock: 1,
  database: 2,
  mail: 2,
  accounts: 3,
  clients: 4,
  icp: 5,
  governance: 5,
  prospects: 6,
  outreach: 7,
  meetings: 7,
  sequences: 8,
  reporting: 9,
  privacy: 9,
  web: 10,
};

const SUFFIXES = new Set(
  'module entity service queries policy controller dto events pages view guard filter decorator interceptor pipe command'.split(
    ' ',
  ),
);

/** Rooms made of plumbing: their files touch the outside by trade. */
const PLUMBING = new Set(['config', 'clock', 'database', 'mail', 'web']);

const IMPURE =
  /from '(@nestjs\/|typeorm|@fastify\/|fastify|node:(fs|net|http|https|child_process|dns|timers))|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|process\.(env|cwd|hrtime)|performance\.now/;

interface Source {
  path: string;
  room: string;
  suffix: string | null;
  text: string;
  imports: string[];
}

function sources(folder = SRC): Source[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.map((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    return { path, room: roomOf(path), suffix: suffixOf(path), text, imports: importsOf(path, text) };
  });
}

/** Files beside app.module.ts put the rooms together; they belong to none. */
const roomOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : '');

function suffixOf(path: string): string | null {
  const parts = path.split('/').at(-1)!.split('.');
  return parts.length > 2 ? parts.at(-2)! : null;
}

function importsOf(path: string, text: string): string[] {
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!);
  return found.map((target) => normalize(join(dirname(path), target)).replace(/\.js$/, '.ts'));
}

function wrongWays(all: Source[]): string[] {
  return all.flatMap((source) =>
    source.imports
      .map((target) => ({
        target,
        from: FLOORS[source.room],
        to: FLOORS[roomOf(target)],
        room: roomOf(target),
      }))
      .filter(({ from, to, room }) => source.room !== '' && room !== source.room && !(from! > to!))
      .map(({ target }) => `${source.path} → ${target}`),
  );
}

function circles(all: Source[]): string[] {
  const imports = new Map(all.map((source) => [source.path, source.imports]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of all) walk(path, []);
  return found;
}

const isRule = (source: Source): boolean =>
  source.suffix === null &&
  source.room !== '' &&
  !PLUMBING.has(source.room) &&
  !source.path.endsWith('.d.ts');

describe('the house', () => {
  const all = sources();

  it('knows every room', () => {
    expect(
      [...new Set(all.map(({ room }) => room))].filter((room) => room !== '' && !(room in FLOORS)),
    ).toEqual([]);
  });

  it('imports down the floors only', () => {
    expect(wrongWays(all)).toEqual([]);
  });

  it('has no import circle', () => {
    expect(circles(all)).toEqual([]);
  });

  it('keeps Nest, TypeORM, files and clocks out of the rules', () => {
    const impure = all.filter((source) => isRule(source) && IMPURE.test(source.text));
    expect(impure.map(({ path, text }) => `${path}: ${IMPURE.exec(text)![0]}`)).toEqual([]);
  });

  it('names each file by what it is', () => {
    const unknown = all.filter(
      ({ suffix, path }) => suffix !== null && !SUFFIXES.has(suffix) && !/migrations\//.test(path),
    );
    expect(unknown.map(({ path }) => path)).toEqual([]);
  });

  it('writes file names in kebab-case', () => {
    expect(
      all.map(({ path }) => path).filter((path) => !/^([\w-]+\/)*[a-z0-9-]+(\.[a-z0-9-]+)*\.ts$/.test(path)),
    ).toEqual([]);
  });

  it('goes through the one door to the data', () => {
    const holders = all.filter(
      ({ room, text }) =>
        room !== 'database' &&
        /\b(InjectRepository|InjectDataSource|getRepository|createQueryRunner)\b/.test(text),
    );
    expect(holders.map(({ path }) => path)).toEqual([]);
  });
});

describe('the inspector of the house', () => {
  const source = (path: string, text: string): Source => ({
    path,
    room: roomOf(path),
    suffix: suffixOf(path),
    text,
    imports: importsOf(path, text),
  });

  it('leaves the benches the programs they load by path', () => {
    const folder = fileURLToPath(new URL('bench/', import.meta.url));
    const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const loaded = text.flatMap((source) => [...source.matchAll(/\bload<.*?>\(\s*'([^']+)\.js'/g)]);
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.map(([, path]) => `${path!}.ts`).filter((path) => !existsSync(join(SRC, path)))).toEqual(
      [],
    );
  });

  it('goes red on an upward and on a sideways import', () => {
    const all = [
      source('clients/client.service.ts', "import { x } from '../meetings/meeting.service.js';"),
      source('meetings/meeting.service.ts', "import { x } from '../outreach/touch.service.js';"),
      source('web/home.pages.ts', "import { x } from '../meetings/meeting.service.js';"),
    ];
    expect(wrongWays(all)).toEqual([
      'clients/client.service.ts → meetings/meeting.service.ts',
      'meetings/meeting.service.ts → outreach/touch.service.ts',
    ]);
  });

  it('goes red on a circle', () => {
    const all = [
      source('icp/a.ts', "import { b } from './b.js';"),
      source('icp/b.ts', "export { a } from './a.js';"),
    ];
    expect(circles(all)).toEqual(['icp/a.ts → icp/b.ts → icp/a.ts']);
  });

  it('goes red on a clock or a framework in a rule', () => {
    expect(IMPURE.test('const now = new Date();')).toBe(true);
    expect(IMPURE.test("import { Injectable } from '@nestjs/common';")).toBe(true);
    expect(IMPURE.test('const day = new Date(text);')).toBe(false);
  });
});
