import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../seeds/cast.js';
import { morningOf } from '../../seeds/morning.js';
import { MEN, WOMEN } from '../../seeds/names.js';
import { tellDemo } from '../../seeds/tell-demo.js';
import { World } from '../support/world.js';

/** All the files and acts of the demo, but five weeks of work: half a year would take three times as long. */
const STORY = {
  today: DateTime.fromISO('2026-03-10', { zone: 'Europe/Paris' }),
  accounts: ACCOUNTS.map((account) => ({ ...account, monthsAgo: 1 })),
  dataFolder: fileURLToPath(new URL('../../seeds/data', import.meta.url)),
  say: () => undefined,
};

/** Columns that must be new each time. */
const SECRETS: Record<string, string> = {
  app_user: 'password_hash',
  invitation: 'token_hash',
  session: 'token_hash',
  mailbox: 'secrets',
};

describe('the demo', () => {
  const [first, second] = [new World('sqlite'), new World('sqlite')];

  beforeAll(async () => {
    for (const world of [first, second]) {
      await world.open({ MAIL: 'outbox' });
      await tellDemo(world.app, STORY);
    }
  }, 300_000);
  afterAll(async () => {
    await first.close();
    await second.close();
  });

  it('told twice on one day has the same rows in each table, ids included', () => {
    expect(digests(second)).toEqual(digests(first));
  });

  it('has secrets of its own each time', () => {
    for (const [table, column] of Object.entries(SECRETS)) {
      const [one, other] = [first, second].map((world) => rowsOf(world, table).map((row) => row[column]));
      expect(one!.length, table).toBeGreaterThan(0);
      expect(
        one!.filter((value) => other!.includes(value)),
        table,
      ).toEqual([]);
    }
  });

  it('has people who were mailed, met and counted', () => {
    for (const table of ['prospect', 'activity', 'touch', 'prospect_funnel'])
      expect(rowsOf(first, table).length, table).toBeGreaterThan(1_000);
    expect(rowsOf(first, 'meeting').length).toBeGreaterThan(5);
  });

  it('tells nothing that lies ahead of its morning', () => {
    const morning = morningOf(STORY.today).toMillis();
    for (const [table, column] of [
      ['activity', 'at'],
      ['touch', 'at'],
      ['audit_entry', 'at'],
      ['incoming_mail', 'received_at'],
      ['sequence_comment', 'at'],
    ] as const) {
      const moments = rowsOf(first, table).map((row) => momentOf(row[column]));
      expect(moments.length, table).toBeGreaterThan(0);
      expect(Math.max(...moments), table).toBeLessThanOrEqual(morning);
    }
  });

  it('has people who fit left in the list brought lately, for a test segment of whoever tries it', () => {
    const fresh = ask(
      first,
      `SELECT 1 FROM prospect p JOIN list_member m ON m.prospect_id = p.id JOIN list l ON l.id = m.list_id
        WHERE l.name = 'Apollo, nouveaux sites' AND p.status = 'new' AND p.fit = 'fit' AND p.email IS NOT NULL`,
    );
    expect(fresh.length).toBeGreaterThanOrEqual(60);
  });

  it('calls a woman directrice and a man directeur', () => {
    const titled = rowsOf(first, 'prospect').map(
      (row) => [String(row['first_name']), String(row['title'])] as const,
    );
    const unlike = titled.filter(
      ([name, title]) =>
        (MEN.includes(name) && /^(Directrice|Présidente|Technicienne|Chargée|Assistante)/.test(title)) ||
        (WOMEN.includes(name) && /^(Directeur|Président|Technicien|Chargé|Assistant)\b(?!e)/u.test(title)),
    );
    expect(unlike).toEqual([]);
  });

  it('answers the client’s comments after they were made', () => {
    const thread = ask(
      first,
      `SELECT text FROM sequence_comment WHERE text LIKE '%salon ?%' OR text LIKE 'Global%' ORDER BY at`,
    );
    expect(thread.map(({ text }) => String(text).slice(0, 6))).toEqual(['Étions', 'Global']);
  });
});

/** What each table holds, whatever the order of its rows, without its secrets; an index of words by the tables it is kept in. */
function digests(world: World): Map<string, string> {
  const tables = ask(
    world,
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '% USING fts5(%content=''''%' ORDER BY name`,
  );
  return new Map(
    tables.map((table) => {
      const name = String(table['name']);
      const rows = rowsOf(world, name).map((row) => JSON.stringify({ ...row, [SECRETS[name] ?? '']: 0 }));
      const digest = createHash('sha256').update(rows.sort().join('\n')).digest('hex');
      return [name, `${rows.length} rows, ${digest}`];
    }),
  );
}

function rowsOf(world: World, table: string): Record<string, unknown>[] {
  return ask(world, `SELECT * FROM "${table}"`);
}

function ask(world: World, query: string): Record<string, unknown>[] {
  const file = new Sqlite(join(world.dataDir, 'carnet.sqlite'), { readonly: true });
  try {
    return file.prepare(query).all() as Record<string, unknown>[];
  } finally {
    file.close();
  }
}

/** A moment as the file keeps it: text without a zone, in UTC. */
function momentOf(kept: unknown): number {
  return DateTime.fromSQL(String(kept), { zone: 'utc' }).toMillis();
}
