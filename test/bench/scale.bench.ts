import { createHash } from 'node:crypto';
import type Sqlite from 'better-sqlite3';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import { newId } from '../../src/shared/id.js';
import { writeScale, type ScaleIds } from './scale-rows.js';
import { carnet, inFolder, type Measure, median, openStage, type Staged } from './stage.js';

const SMALL = 20_000;
const LARGE = Number(process.env['SCALE'] ?? 1_000_000);
const ROUNDS = 25;

/** What people ask of a list, as the query of its page. */
const queries = ({ owners, lists }: ScaleIds): Record<string, string> => ({
  'all, latest first': '',
  'all, by name': 'sort=name',
  'all, by company, backwards': 'sort=-company',
  'all, best fit first': 'sort=-fitScore',
  'a status (1 in 9), latest first': 'status=interested',
  'a status, by name': 'status=interested&sort=name',
  'a rare status (40), by name': 'status=qualified&sort=name',
  'a verdict, by name': 'fit=fit&sort=name',
  'status and verdict': 'status=interested&fit=fit',
  'an owner of a third': `owner=${owners.many}`,
  'an owner of 300, by company': `owner=${owners.few}&sort=company`,
  'nobody’s': 'owner=none',
  'a list of 500': `list=${lists.small}`,
  'a list of a tenth, by name': `list=${lists.big}&sort=name`,
  'a frequent name (1 in 15)': 'q=lefevre',
  'two words': 'q=lefevre+helene',
  'the beginning of a word': 'q=du&sort=name',
  'a rare name (4)': 'q=zyskind',
  'a rare name at a status': 'q=zyskind&status=new&sort=name',
  'nobody of that name': 'q=nobodyatall',
});

/**
 * Median milliseconds of a page of a client's prospects, drawn for a browser, with its counts, at a million prospects;
 * beside it the same at 20,000, asked turn about. A page should not know how many rows lie behind it.
 */
export function run(): Promise<Measure[]> {
  return inFolder((small) => inFolder((large) => compare(small, large)));
}

async function compare(smallFolder: string, largeFolder: string): Promise<Measure[]> {
  const small = await Visitor.at(smallFolder, SMALL);
  const large = await Visitor.at(largeFolder, LARGE);
  try {
    const measures: Measure[] = [];
    for (const name of Object.keys(queries(small.ids))) {
      const times = { small: [] as number[], large: [] as number[] };
      for (let round = -3; round < ROUNDS; round += 1) {
        // The first rounds warm up; a connection left open while the rows were written may be gone by then.
        if (round < 0) await Promise.allSettled([small.visit(name), large.visit(name)]);
        if (round < 0) continue;
        const [one, other] = [await small.visit(name), await large.visit(name)];
        times.small.push(one);
        times.large.push(other);
      }
      const [ours, bare] = [median(times.large), median(times.small)];
      measures.push({ name: `${name} (ms)`, ours, bare, ratio: ours / bare, goal: '≤ 1.5' });
    }
    return measures;
  } finally {
    await small.leave();
    await large.leave();
  }
}

/** Somebody signed in at a Carnet with so many prospects. */
class Visitor {
  private constructor(
    private readonly stage: Staged,
    private readonly cookie: string,
    readonly ids: ScaleIds,
  ) {}

  static async at(folder: string, size: number): Promise<Visitor> {
    const stage = await carnet(folder);
    const { database } = openStage(folder);
    const ids = writeScale(database, size);
    const cookie = signIn(database);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    return new Visitor(stage, cookie, ids);
  }

  /** Milliseconds until the whole page has come. */
  async visit(name: string): Promise<number> {
    const address = `${this.stage.url}/clients/${this.ids.clientId}/prospects?${queries(this.ids)[name]!}`;
    const from = performance.now();
    const answer = await fetch(address, { headers: { cookie: this.cookie }, redirect: 'manual' });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`);
    return performance.now() - from;
  }

  leave(): Promise<void> {
    return this.stage.stop();
  }
}

function signIn(database: Sqlite.Database): string {
  const secret = `bench-${newId()}`;
  const user = database.prepare('SELECT id FROM app_user').pluck().get();
  const hash = createHash('sha256').update(secret).digest('hex');
  database
    .prepare('INSERT INTO session (id, token_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)')
    .run(newId(), hash, user, '2026-01-01 00:00:00.000', '2099-01-01 00:00:00.000');
  return `${SESSION_COOKIE}=${secret}`;
}
