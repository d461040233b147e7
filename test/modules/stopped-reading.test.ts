import { setTimeout as wait } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InboxReader } from '../../src/outreach/incoming/inbox-reader.service.js';
import { InboxWatch } from '../../src/outreach/incoming/inbox-watch.service.js';
import { IncomingMail } from '../../src/outreach/incoming/incoming-mail.entity.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { MailboxAccounts } from '../../src/outreach/mailboxes/mailbox-accounts.service.js';
import { newId } from '../../src/shared/id.js';
import { Dovecot, IMAP_PASSWORD, missingDovecot } from '../support/dovecot.js';
import { mailboxOf, quietOthers } from '../support/engine-stories.js';
import { letter } from '../support/mails.js';
import { SilentRoad } from '../support/silent-road.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases, type World } from '../support/world.js';

/** Far below the ten seconds a stop has patience for, and what a server is given to greet. */
const SOON = 2000;

/** What the work does within the time a stop may take. */
const within = (work: Promise<unknown>): Promise<string> =>
  Promise.race([work.then(() => 'ended'), wait(SOON).then(() => 'still waiting')]);

async function mailboxAt(world: World, port: number, user: string): Promise<string> {
  const { client } = await readyClient(world, `Arrêt ${user}`);
  const imap = { host: '127.0.0.1', security: 'none' as const, user, port, folder: 'INBOX' };
  const { id } = await mailboxOf(world, client.id, { imap });
  const secrets = world.get(MailboxAccounts).seal(id, { smtp: 'x', imap: IMAP_PASSWORD });
  await world.database.write((tx) => tx.run(sql`UPDATE mailbox SET secrets = ${secrets} WHERE id = ${id}`));
  return id;
}

const aLetter = (subject: string): string =>
  letter({ subject, messageId: `<${newId()}@reader.example>`, body: 'Bonjour.' });
const mailboxNow = (world: World, id: string) =>
  world.database.read((db) => db.entities.findOneByOrFail(Mailbox, { id }));

onBothDatabases('stopping while a mail server says nothing', (world) => {
  beforeEach(() => quietOthers(world));

  it('no visit and no open line holds the stop up, and nothing is held against the mailbox', async () => {
    const road = await SilentRoad.start();
    const id = await mailboxAt(world, road.port, newId());
    const stop = new AbortController();
    const work = [world.get(InboxReader).readAll(stop.signal), world.get(InboxWatch).keep(stop.signal)];
    await road.silent;
    while (road.open < 2) await wait(10);
    stop.abort();
    expect(await within(Promise.all(work))).toBe('ended');
    await wait(50);
    expect(road.open).toBe(0);
    expect(await mailboxNow(world, id)).toMatchObject({ lastError: null, state: 'active' });
    // After the stop nobody is called any more.
    await world.get(InboxReader).readAll(stop.signal);
    await world.get(InboxWatch).keep(stop.signal);
    expect(road.open).toBe(0);
    road.stop();
  });
});

describe.skipIf(missingDovecot() !== null)('stopping in the middle of a folder', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await Dovecot.start();
  });
  afterAll(() => dovecot?.stop());

  onBothDatabases('stopping in the middle of a folder', (world) => {
    beforeEach(() => quietOthers(world));

    it('what was taken in stays, what was not is read the next time: each mail once', async () => {
      const user = `u${newId().replaceAll('-', '')}`;
      await dovecot.deliver(user, aLetter('Ancien'));
      const id = await mailboxAt(world, dovecot.port, user);
      await world.get(InboxReader).read(id);
      for (const n of [1, 2, 3]) await dovecot.deliver(user, aLetter(`Lettre ${n}`));

      // The second mail is asked for, and does not come.
      const road = await SilentRoad.start({ port: dovecot.port, silentAt: { said: /FETCH/, time: 2 } });
      const goBy = async (port: number) => {
        const { imap } = await mailboxNow(world, id);
        await world.database.write((tx) => tx.entities.update(Mailbox, { id }, { imap: { ...imap, port } }));
      };
      await goBy(road.port);
      const stop = new AbortController();
      const visit = world.get(InboxReader).read(id, stop.signal);
      await road.silent;
      stop.abort();
      expect(await within(visit)).toBe('ended');
      const subjects = async () =>
        (await world.database.read((db) => db.entities.findBy(IncomingMail, { mailboxId: id }))).map(
          ({ subject }) => subject,
        );
      expect(await subjects()).toEqual(['Lettre 1']);

      await goBy(dovecot.port);
      await world.get(InboxReader).read(id);
      expect((await subjects()).sort()).toEqual(['Lettre 1', 'Lettre 2', 'Lettre 3']);
      road.stop();
    });

    it('a line that was open is cut at once, though its server does not say goodbye', async () => {
      const user = `u${newId().replaceAll('-', '')}`;
      await dovecot.deliver(user, aLetter('Ancien'));
      const road = await SilentRoad.start({ port: dovecot.port, silentAt: { said: /IDLE/, time: 1 } });
      await mailboxAt(world, road.port, user);
      const stop = new AbortController();
      await world.get(InboxWatch).keep(stop.signal);
      await road.silent;
      expect(road.open).toBe(1);
      stop.abort();
      await wait(50);
      expect(road.open).toBe(0);
      road.stop();
    });
  });
});
