import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Clock } from '../../src/clock/clock.service.js';
import { Config } from '../../src/config/config.js';
import { Inbox } from '../../src/mail/inbox.js';
import { MailboxAccounts } from '../../src/outreach/mailboxes/mailbox-accounts.service.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { Engine } from '../../src/sequences/engine/engine.service.js';
import { UncertainMails } from '../../src/sequences/engine/uncertain-mails.service.js';
import { createServer } from '../../src/server.js';
import {
  addressee,
  engineCast,
  type EngineCast,
  enrolAll,
  enrolmentIn,
  mailsTo,
  prospectNow,
  quietOthers,
  tickAt,
} from '../support/engine-stories.js';
import { SMTP_PASSWORD, SmtpSink } from '../support/smtp-sink.js';
import { transpiled } from '../support/transpiled.js';
import { onBothDatabases, type World } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
// A process of its own starts in seconds, or in many on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let program: string;

beforeAll(() => {
  program = transpiled('dying-worker');
});
afterAll(() => rmSync(program, { recursive: true, force: true }));

const minutes = (n: number) => new Date(Date.parse(MONDAY) + n * 60_000);

/** A mailbox that goes out through the sink, as fast as it is asked to. */
async function through(world: World, sink: SmtpSink, mailboxId: string): Promise<void> {
  const server = { host: '127.0.0.1', port: sink.port, security: 'none' as const, user: 'carnet' };
  const secrets = world.get(MailboxAccounts).seal(mailboxId, { smtp: SMTP_PASSWORD, imap: 'x' });
  await world.database.write((tx) =>
    tx.entities.update(
      Mailbox,
      { id: mailboxId },
      { smtp: server, secrets, gapMinSeconds: 0, gapMaxSeconds: 0 },
    ),
  );
}

/** A worker in a process of its own. */
function worker(world: World, env: Record<string, string>): ChildProcess {
  const { databaseUrl, dataDir, secretKey } = world.get(Config);
  return spawn(process.execPath, [join(program, 'test/support/dying-worker.js')], {
    cwd: program,
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      DATA_DIR: dataDir,
      SECRET_KEY: secretKey,
      NOW: MONDAY,
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

onBothDatabases('a worker killed in the middle of its work', (world) => {
  let sink: SmtpSink;
  beforeAll(async () => {
    sink = await SmtpSink.start();
  });
  afterAll(() => sink.stop());
  beforeEach(async () => {
    await quietOthers(world);
    sink.caught.length = 0;
    sink.manner = () => 'take';
  });

  const begin = async (name: string): Promise<{ cast: EngineCast; people: string[] }> => {
    world.clock.set(MONDAY);
    const cast = await engineCast(world, name);
    await through(world, sink, cast.mailbox.id);
    const people: string[] = [];
    for (let one = 0; one < 4; one += 1) people.push(await addressee(world, cast.client.id));
    await enrolAll(world, cast, people);
    return { cast, people };
  };
  const caughtFor = async (id: string) => {
    const { email } = await prospectNow(world, id);
    return sink.caught.filter(({ to }) => to.includes(email!)).length;
  };

  it.each([
    ['before the claim is committed', 0, 0],
    ['after the claim', 0, 0],
    ['before the dialogue', 1, 1],
    ['after the dialogue', 1, 1],
    ['before one is written down', 2, 1],
    ['after all are written down', 4, 0],
  ])('%s: nobody gets a mail twice, nobody is forgotten', async (point, sentBefore, uncertain) => {
    const { cast, people } = await begin(`Mort ${point}`);
    const child = worker(world, { DIE_AT: point, DIE_ON: /the claim|all/.test(point) ? '1' : '2' });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const before = sink.caught.length;
    expect(before).toBeGreaterThanOrEqual(sentBefore);
    // A new worker comes up at once, and looks again every few minutes.
    for (const minute of [1, 3, 12, 15]) await tickAt(world, minutes(minute));
    for (const id of people) expect(await caughtFor(id)).toBeLessThanOrEqual(1);
    const mails = (await Promise.all(people.map((id) => mailsTo(world, id)))).flat();
    expect(mails.map(({ state }) => state).filter((state) => state === 'uncertain')).toHaveLength(uncertain);
    expect(mails).toHaveLength(4);
    // The mailbox knows the truth where nobody else does.
    const inbox = world.get(Inbox) as { holds: Inbox['holds'] };
    inbox.holds = (_account, id) => Promise.resolve(sink.caught.some(({ raw }) => raw.includes(id)));
    await world.get(UncertainMails).look(minutes(20));
    for (const mail of mails.filter(({ state }) => state === 'uncertain')) {
      const [now] = await mailsTo(world, mail.prospectId);
      if (now!.state === 'uncertain') await world.get(UncertainMails).confirm(cast.sdr, mail.id, false);
    }
    await tickAt(world, minutes(25));
    for (const id of people) {
      expect(await caughtFor(id)).toBe(1);
      expect(await enrolmentIn(world, cast.sequence.id, id)).toMatchObject({
        nextPosition: 2,
        state: 'active',
      });
    }
  });

  it('with the mail at the server and no answer yet: uncertain, found in the mailbox, sent once', async () => {
    const { cast, people } = await begin('Mort au milieu');
    let hears: () => void = () => undefined;
    const isAtServer = new Promise<void>((resolve) => (hears = resolve));
    const silent = await SmtpSink.start({
      onData: (stream) => {
        stream.resume();
        stream.on('end', hears);
      },
    });
    await through(world, silent, cast.mailbox.id);
    const child = worker(world, {});
    const gone = once(child, 'exit');
    await isAtServer;
    child.kill('SIGKILL');
    await gone;
    await through(world, sink, cast.mailbox.id);
    for (const minute of [1, 3, 12]) await tickAt(world, minutes(minute));
    const mails = (await Promise.all(people.map((id) => mailsTo(world, id)))).flat();
    expect(mails.map(({ state }) => state).sort()).toEqual(['sent', 'sent', 'sent', 'uncertain']);
    const inbox = world.get(Inbox) as { holds: Inbox['holds'] };
    inbox.holds = () => Promise.resolve(true);
    await world.get(UncertainMails).look(minutes(20));
    await tickAt(world, minutes(25));
    expect(sink.caught).toHaveLength(3);
    const left = (await Promise.all(people.map((id) => mailsTo(world, id)))).flat();
    expect(left.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
    await silent.stop();
  });

  // SQLite has one worker.
  it.skipIf(world.dialect === 'sqlite')(
    'two workers at once: each mail leaves once, and no mailbox sends more than it may',
    async () => {
      world.clock.set(MONDAY);
      const cast = await engineCast(world, 'Deux', {
        mailbox: { gapMinSeconds: 0, gapMaxSeconds: 0, dailyCap: 12 },
      });
      await through(world, sink, cast.mailbox.id);
      const people: string[] = [];
      for (let one = 0; one < 30; one += 1) people.push(await addressee(world, cast.client.id));
      await enrolAll(world, cast, people);
      const other = await createServer(world.get(Config));
      await other.init();
      try {
        const now = world.clock.now();
        other.get(Clock, { strict: false }).now = () => now;
        const engines = [world.get(Engine), other.get(Engine, { strict: false })];
        for (let round = 0; round < 4; round += 1)
          await Promise.all([...engines, ...engines].map((engine) => engine.tick(now)));
      } finally {
        await other.close();
      }
      expect(sink.caught).toHaveLength(12);
      expect(new Set(sink.caught.map(({ to }) => to[0])).size).toBe(12);
    },
  );
});
