import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import Sqlite from 'better-sqlite3';
import { createTransport } from 'nodemailer';
import { EngineRows } from './engine-rows.js';
import { inFolder, type Measure, median } from './stage.js';

const MAILBOXES = 40;
const MAILS = 2000;
/** A business day each, as many as the sequence has steps. */
const ROUNDS = 10;
const DIST = process.env['CARNET_DIST'] ?? new URL('../../dist', import.meta.url).pathname;
const MORNING = '2027-01-11 08:00:00.000';

/** Monday 11 January 2027, 10:00 in Paris, and the business days after it. */
const dayAt = (round: number): Date =>
  new Date(Date.parse('2027-01-11T09:00:00Z') + (round + 2 * Math.floor(round / 5)) * 86_400_000);

interface Engine {
  tick(now: Date): Promise<{ delivered: number }>;
}

/** Carnet in this process, without a port; its clock is the caller's. */
async function carnetIn(folder: string): Promise<{
  app: INestApplicationContext;
  engine: Engine;
  seal: (id: string) => string;
  setClock: (now: Date) => void;
}> {
  const load = async <T>(path: string): Promise<T> => (await import(join(DIST, 'src', path))) as T;
  type Loaded = Record<string, new () => unknown>;
  const { loadConfig } = await load<typeof import('../../src/config/config.js')>('config/config.js');
  const { createServer } = await load<typeof import('../../src/server.js')>('server.js');
  const config = loadConfig({ DATA_DIR: folder, WORKER: 'off', LOG_LEVEL: 'error' });
  const app = await createServer(config);
  await app.init();
  const get = <T>(loaded: Loaded, name: string): T => app.get<T>(loaded[name]!, { strict: false });
  const engine = get<Engine>(await load<Loaded>('sequences/engine/engine.service.js'), 'Engine');
  const clock = get<{ now: () => Date }>(await load<Loaded>('clock/clock.service.js'), 'Clock');
  const accounts = get<{ seal: (id: string, passwords: object) => string }>(
    await load<Loaded>('outreach/mailboxes/mailbox-accounts.service.js'),
    'MailboxAccounts',
  );
  return {
    app,
    engine,
    seal: (id) => accounts.seal(id, { smtp: 'secret', imap: 'secret' }),
    setClock: (now) => void (clock.now = () => now),
  };
}

const open = (folder: string): Sqlite.Database =>
  new Sqlite(join(folder, 'carnet.sqlite'), { timeout: 20_000 });

/**
 * Steps a second, end to end: due work found, every stop read again, caps counted, text filled, mail claimed, handed to a
 * mail server, written down, the next step dated. Beside it nodemailer alone sends the very same messages through one
 * pool. Turn about; the first turn of each warms up.
 */
async function throughput(): Promise<Measure> {
  const sink = fork(new URL('./smtp-sink.js', import.meta.url).pathname);
  const [port] = (await once(sink, 'message')) as [number];
  try {
    return await inFolder(async (folder) => {
      const { app, engine, seal, setClock } = await carnetIn(folder);
      const database = open(folder);
      const rows = new EngineRows(database, ROUNDS);
      rows.client(MORNING);
      rows.mailboxes(MAILBOXES, port, MORNING, seal);
      rows.people(MAILS, MORNING, () => ({ due: MORNING }));
      const rates = { ours: [] as number[], bare: [] as number[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        const now = new Date(dayAt(round).getTime() + round * 60_000);
        setClock(now);
        const started = performance.now();
        const delivered = await drain(engine, now);
        const ours = delivered / ((performance.now() - started) / 1000);
        if (delivered < MAILS) throw new Error(`${delivered} of ${MAILS} mails left in round ${round}`);
        const bare = await bareRate(database, port, now);
        if (round > 0) {
          rates.ours.push(ours);
          rates.bare.push(bare);
        }
      }
      database.close();
      await app.close();
      const [ours, bare] = [median(rates.ours), median(rates.bare)];
      return {
        name: 'engine steps a second, beside bare nodemailer',
        ours,
        bare,
        ratio: ours / bare,
        goal: '≥ 0.5',
      };
    });
  } finally {
    sink.kill();
  }
}

async function drain(engine: Engine, now: Date): Promise<number> {
  let all = 0;
  for (;;) {
    const { delivered } = await engine.tick(now);
    if (delivered === 0) return all;
    all += delivered;
  }
}

/** The messages of this round, as they are written in the outbox, through one pool. */
async function bareRate(database: Sqlite.Database, port: number, now: Date): Promise<number> {
  const claimed = now.toISOString().replace('T', ' ').slice(0, -1);
  const mails = database
    .prepare(
      `SELECT to_address AS "to", subject, text, html, message_id AS messageId, in_reply_to AS inReplyTo,
         (SELECT GROUP_CONCAT(value, ' ') FROM json_each("references")) AS "references", token
       FROM outgoing_mail WHERE claimed_at = ?`,
    )
    .all(claimed) as Record<string, string>[];
  const pool = createTransport({
    pool: true,
    maxConnections: 16,
    maxMessages: Number.POSITIVE_INFINITY,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    auth: { user: 'carnet', pass: 'secret' },
  });
  const started = performance.now();
  await Promise.all(
    mails.map(({ token, ...mail }) =>
      pool.sendMail({
        ...mail,
        from: { name: 'Léa Martin', address: 'lea.0@epure.example' },
        date: now,
        headers: {
          'List-Unsubscribe': `<http://localhost:3000/u/${token}>, <mailto:lea.0+${token}@epure.example?subject=unsubscribe>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      }),
    ),
  );
  const rate = mails.length / ((performance.now() - started) / 1000);
  pool.close();
  return rate;
}

/** A Carnet with so many enrolments of which none is due: they wait for a later day, or for a person's call. */
async function idleIn(folder: string, enrolments: number): Promise<Awaited<ReturnType<typeof carnetIn>>> {
  const carnet = await carnetIn(folder);
  const database = open(folder);
  const rows = new EngineRows(database, 6);
  rows.client(MORNING);
  rows.mailboxes(10, 25, MORNING, carnet.seal);
  rows.people(enrolments, MORNING, (place) =>
    place % 2 === 0 ? { due: '2027-03-01 09:00:00.000' } : { due: MORNING, channel: 'call' },
  );
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  carnet.setClock(dayAt(0));
  return carnet;
}

/** What a tick with nothing due costs, in milliseconds, among few and among many: turn about, for the machine has its moods. */
async function idleTicks(few: number, many: number): Promise<[number, number]> {
  return inFolder((fewFolder) =>
    inFolder(async (manyFolder) => {
      const both = [await idleIn(fewFolder, few), await idleIn(manyFolder, many)];
      const times = both.map(() => [] as number[]);
      for (let turn = 0; turn < 1200; turn += 1) {
        for (const [place, { engine }] of both.entries()) {
          const started = performance.now();
          await engine.tick(dayAt(0));
          if (turn >= 200) times[place]!.push(performance.now() - started);
        }
      }
      for (const { app } of both) await app.close();
      return [median(times[0]!), median(times[1]!)];
    }),
  );
}

export async function run(): Promise<Measure[]> {
  const measures = [await throughput()];
  const [few, many] = await idleTicks(1000, Number(process.env['ENROLMENTS'] ?? 1_000_000));
  measures.push({
    name: 'ms a tick with nothing due, a million enrolments beside a thousand',
    ours: many,
    bare: few,
    ratio: many / few,
    goal: '≤ 1.5',
  });
  return measures;
}
