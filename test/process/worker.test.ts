import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Config } from '../../src/config/config.js';
import { MailboxAccounts } from '../../src/outreach/mailboxes/mailbox-accounts.service.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import {
  addressee,
  engineCast,
  type EngineCast,
  enrolAll,
  mailboxOf,
  mailsTo,
  quietOthers,
  tickAt,
} from '../support/engine-stories.js';
import { SMTP_PASSWORD, SmtpSink } from '../support/smtp-sink.js';
import { onBothDatabases, World } from '../support/world.js';

/** As built: `npm run test:browser` builds before it runs. */
const DIST = process.env['CARNET_DIST'] ?? new URL('../../dist', import.meta.url).pathname;
const SHIFTED_CLOCK = new URL('../support/shifted-clock.js', import.meta.url).pathname;
/** Monday 11 January 2027, 10:00 in Paris: whatever the day, the workers believe it is that one. */
const MONDAY = '2027-01-11T09:00:00Z';

interface Running {
  process: ChildProcess;
  /** It has begun its timetable. */
  isUp: Promise<void>;
  exit: Promise<number | null>;
}

const running: Running[] = [];

/** What `npm run worker` starts, on the database of this world. */
function worker(world: World): Running {
  const { databaseUrl, dataDir, secretKey } = world.get(Config);
  const child = spawn(process.execPath, ['--import', SHIFTED_CLOCK, join(DIST, 'src/worker.js')], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      TZ: 'UTC',
      DATA_DIR: dataDir,
      SECRET_KEY: secretKey,
      LOG_LEVEL: 'error',
      SHIFT_MS: String(Date.parse(MONDAY) - Date.now()),
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const isUp = new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Carnet worker runs')) resolve();
    });
    void exit.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  isUp.catch(() => undefined);
  const one = { process: child, isUp, exit };
  running.push(one);
  return one;
}

function stop({ process: child, exit }: Running): Promise<number | null> {
  child.kill('SIGTERM');
  return exit;
}

/** Mailboxes of this client that go out through the sink as fast as they may. */
async function through(world: World, sink: SmtpSink, mailboxIds: string[]): Promise<void> {
  const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const, user: 'carnet' };
  for (const id of mailboxIds) {
    const secrets = world.get(MailboxAccounts).seal(id, { smtp: SMTP_PASSWORD, imap: 'x' });
    // Nobody reads them: there is no server behind.
    const imap = { ...smtp, port: 1, folder: 'INBOX' };
    const pace = { gapMinSeconds: 0, gapMaxSeconds: 0 };
    await world.database.write((tx) => tx.entities.update(Mailbox, { id }, { smtp, imap, secrets, ...pace }));
  }
}

async function dueFor(world: World, cast: EngineCast, count: number): Promise<string[]> {
  const people: string[] = [];
  for (let one = 0; one < count; one += 1) people.push(await addressee(world, cast.client.id));
  world.clock.set(new Date(Date.parse(MONDAY) - 60_000));
  await enrolAll(world, cast, people);
  return people;
}

const statesOf = async (world: World, people: string[]): Promise<string[]> =>
  (await Promise.all(people.map((id) => mailsTo(world, id)))).flat().map(({ state }) => state);

const receivers = (sink: SmtpSink): Set<string | undefined> => new Set(sink.caught.map(({ to }) => to[0]));

afterEach(() => {
  for (const { process: child } of running.splice(0)) child.kill('SIGKILL');
});

describe('two workers on one PostgreSQL', () => {
  const world = new World('postgres');
  let sink: SmtpSink;
  beforeAll(async () => {
    await world.open();
    sink = await SmtpSink.start();
  });
  afterAll(async () => {
    await sink.stop();
    await world.close();
  });

  it('that begin at the same moment, with the same mails due: all get theirs, and nobody gets one twice', async () => {
    world.clock.set(MONDAY);
    const cast = await engineCast(world, 'Deux');
    const mailboxes = [cast.mailbox.id];
    for (let one = 0; one < 5; one += 1) mailboxes.push((await mailboxOf(world, cast.client.id)).id);
    await through(world, sink, mailboxes);
    const people = await dueFor(world, cast, 120);
    // Both find the table of mails locked before they have looked at anything, and are let go at once.
    const gate = new pg.Client({ connectionString: world.get(Config).databaseUrl! });
    await gate.connect();
    await gate.query('BEGIN');
    await gate.query('LOCK TABLE outgoing_mail IN ACCESS EXCLUSIVE MODE');
    const workers = [worker(world), worker(world)];
    await Promise.all(workers.map(({ isUp }) => isUp));
    const allGot = sink.hasCaught(people.length);
    await gate.query('COMMIT');
    await gate.end();
    await allGot;
    // What is under way is finished, and would be caught.
    expect(await Promise.all(workers.map(stop))).not.toContain(1);
    expect(sink.caught).toHaveLength(people.length);
    expect(receivers(sink).size).toBe(people.length);
    expect(new Set(await statesOf(world, people))).toEqual(new Set(['sent']));
  });
});

onBothDatabases('a worker told to stop (SIGTERM) in the middle of a dialogue', (world) => {
  beforeEach(() => quietOthers(world));

  it('waits for the answer, writes it down, gives back what had not begun, and ends; the next one sends the rest', async () => {
    let answer: () => void = () => undefined;
    let isHeld = true;
    let hears: () => void = () => undefined;
    const isAtServer = new Promise<void>((resolve) => (hears = resolve));
    const sink = await SmtpSink.start({}, () => {
      if (!isHeld) return Promise.resolve();
      hears();
      return new Promise((resolve) => (answer = resolve));
    });
    world.clock.set(MONDAY);
    const cast = await engineCast(world, 'Arrêt');
    await through(world, sink, [cast.mailbox.id]);
    const people = await dueFor(world, cast, 3);
    const first = worker(world);
    await isAtServer;
    first.process.kill('SIGTERM');
    isHeld = false;
    answer();
    expect(await first.exit).not.toBe(1);
    expect(await statesOf(world, people)).toEqual(sink.caught.map(() => 'sent'));

    const second = worker(world);
    await sink.hasCaught(3);
    expect(await stop(second)).not.toBe(1);
    expect(sink.caught).toHaveLength(3);
    expect(receivers(sink).size).toBe(3);
    expect(await statesOf(world, people)).toEqual(['sent', 'sent', 'sent']);
    await sink.stop();
  });

  it('does not wait for ever: it ends with the mail on its way, which is told as uncertain and not sent again', async () => {
    let hears: () => void = () => undefined;
    const isAtServer = new Promise<void>((resolve) => (hears = resolve));
    const silent = await SmtpSink.start({ closeTimeout: 100 }, () => {
      hears();
      return new Promise(() => undefined);
    });
    world.clock.set(MONDAY);
    const cast = await engineCast(world, 'Silence');
    await through(world, silent, [cast.mailbox.id]);
    const people = await dueFor(world, cast, 3);
    const only = worker(world);
    await isAtServer;
    const told = performance.now();
    await stop(only);
    expect(performance.now() - told).toBeLessThan(20_000);
    await silent.stop();

    const sink = await SmtpSink.start({ closeTimeout: 100 });
    await through(world, sink, [cast.mailbox.id]);
    // Long enough for whoever comes next to be sure that nobody is at it any more.
    for (const minute of [3, 12, 15]) await tickAt(world, new Date(Date.parse(MONDAY) + minute * 60_000));
    expect((await statesOf(world, people)).sort()).toEqual(['sent', 'sent', 'uncertain']);
    expect(new Set([...receivers(silent), ...receivers(sink)]).size).toBe(3);
    expect(silent.caught.length + sink.caught.length).toBe(3);
    await sink.stop();
  });
});
