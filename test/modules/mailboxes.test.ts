import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { integer, text } from '../../src/database/rows.js';
import { Inbox } from '../../src/mail/inbox.js';
import { Mailer } from '../../src/mail/mailer.js';
import { InboxReader } from '../../src/outreach/incoming/inbox-reader.service.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { MailboxAccounts } from '../../src/outreach/mailboxes/mailbox-accounts.service.js';
import { Mailboxes } from '../../src/outreach/mailboxes/mailboxes.service.js';
import { Answers } from '../../src/outreach/outgoing/answers.service.js';
import { MailboxState } from '../../src/outreach/mailboxes/mailbox-state.service.js';
import { machineClients } from '../../src/sequences/today/today-tasks.queries.js';
import { WhyWaitings } from '../../src/sequences/engine/why-waiting.queries.js';
import {
  addressee,
  engineCast,
  enrolAll,
  enrolmentIn,
  mailsTo,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { mailIn } from '../support/cockpit-stories.js';
import { Dovecot, IMAP_PASSWORD, missingDovecot } from '../support/dovecot.js';
import { SMTP_PASSWORD, SmtpSink } from '../support/smtp-sink.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

interface Answered {
  id: string;
  message: string;
  fields: Record<string, string>;
}
/** The JSON of an answer. */
const bodyOf = ({ body }: { body: unknown }): Answered => body as Answered;

const missing = missingDovecot();
if (missing) process.stdout.write(`${missing}\n`);

onBothDatabases('a mailbox', (world) => {
  let sink: SmtpSink;
  let dovecot: Dovecot | null = null;
  beforeAll(async () => {
    sink = await SmtpSink.start();
    dovecot = missing ? null : await Dovecot.start();
  });
  afterAll(() => Promise.all([sink?.stop(), dovecot?.stop()]));

  const inputFor = (user: string, more: object = {}) => ({
    address: `${user}@epure.example`,
    senderName: 'Léa Martin',
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none' as const, user, password: SMTP_PASSWORD },
    imap: {
      host: '127.0.0.1',
      port: dovecot?.port ?? 1,
      security: 'none' as const,
      user,
      password: IMAP_PASSWORD,
    },
    ...more,
  });
  const now = (id: string): Promise<Mailbox> =>
    world.database.read((db) => db.entities.findOneByOrFail(Mailbox, { id }));

  it.skipIf(missing)('is signed in to when it is saved, and read from the end of its folder', async () => {
    const { client } = await readyClient(world, 'Signée');
    const manager = await world.person('manager', [client.id]);
    const api = await world.api(manager);
    const answer = await api.post(`/clients/${client.id}/mailboxes`, inputFor('signed'));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      address: 'signed@epure.example',
      state: 'active',
      dailyCap: 30,
      pausedReason: null,
    });
    const { uid, uidValidity } = await now(bodyOf(answer).id);
    expect({ uid, isNumbered: /^\d+$/.test(uidValidity!) }).toEqual({ uid: 0, isNumbered: true });
  });

  it('says at each field which server failed at which step, in the reader’s language', async () => {
    const { client } = await readyClient(world, 'Fermée');
    const api = await world.api(await world.person('manager', [client.id]));
    const wrong = inputFor('shut');
    wrong.smtp.password = 'wrong';
    wrong.imap = { ...wrong.imap, port: 1 };
    const answer = await api.post(`/clients/${client.id}/mailboxes`, wrong);
    expect(answer.status).toBe(422);
    const { fields } = bodyOf(answer);
    expect(fields['smtp.password']).toContain('127.0.0.1 refuses this user name and password');
    expect(fields['imap.port']).toContain('127.0.0.1 does not answer on port 1');
    expect(JSON.stringify(answer.body)).not.toMatch(/Bad credentials|ECONNREFUSED|Dovecot|ESMTP/);
  });

  it('may be saved untested: then it rests, and resuming tests it', async () => {
    const { client } = await readyClient(world, 'Prudente');
    const api = await world.api(await world.person('manager', [client.id]));
    const saved = await api.post(
      `/clients/${client.id}/mailboxes`,
      inputFor('later', { isUntested: true, imap: { ...inputFor('later').imap, port: 1 } }),
    );
    expect(saved.body).toMatchObject({ state: 'paused', pausedReason: 'untested' });
    expect((await api.post(`/mailboxes/${bodyOf(saved).id}/resume`)).status).toBe(422);
    if (!dovecot) return;
    const mended = await api.patch(`/mailboxes/${bodyOf(saved).id}`, { imap: { ...inputFor('later').imap } });
    expect(mended.body).toMatchObject({ state: 'active', pausedReason: null });
  });

  it('where mail is kept on screen, nothing is tried, no test gives a green light, and page and program say so', async () => {
    const mailer = world.get(Mailer) as { isLive: boolean; check: Mailer['check'] };
    const inbox = world.get(Inbox) as { check: Inbox['check'] };
    const [check, look] = [mailer.check, inbox.check];
    Object.assign(mailer, { isLive: false, check: () => Promise.resolve() });
    inbox.check = () => Promise.resolve({ uidValidity: '1', uid: 0 });
    try {
      const { client } = await readyClient(world, 'À l’écran');
      const manager = await world.person('manager', [client.id]);
      const api = await world.api(manager);
      const added = await api.post(`/clients/${client.id}/mailboxes`, inputFor('screen'));
      expect(added.body).toMatchObject({ state: 'active', isLive: false });
      const test = await api.post(`/mailboxes/${bodyOf(added).id}/test`);
      expect(test.status).toBe(409);
      expect(bodyOf(test).message).toContain('Nothing was tested');
      const browser = await world.browser(manager);
      const home = `/settings/mailboxes/${bodyOf(added).id}`;
      for (const path of [home, '/settings/mailboxes', '/settings/mailboxes/new']) {
        const page = (await browser.get(path)).text;
        expect(page).toContain('No mail leaves Carnet here');
        expect(page).not.toMatch(/Test now|Test and save|Save without testing/);
      }
      const shown = (await browser.get(home)).text;
      expect(shown).toContain('nothing is read here');
      expect(shown).not.toContain('data-tone="good"');
      const pressed = await browser.post(`${home}/test`);
      expect(pressed.status).toBe(409);
      expect(pressed.text).toContain('Nothing was tested');
      // Saved untested, it may be let go on: what it writes reaches nobody.
      const resting = await api.post(
        `/clients/${client.id}/mailboxes`,
        inputFor('resting', { isUntested: true, imap: { ...inputFor('resting').imap, folder: 'Other' } }),
      );
      expect(resting.body).toMatchObject({ state: 'paused', pausedReason: 'untested', isLive: false });
      const resumed = await api.post(`/mailboxes/${bodyOf(resting).id}/resume`);
      expect(resumed.body).toMatchObject({ state: 'active', pausedReason: null, isLive: false });
    } finally {
      Object.assign(mailer, { isLive: true, check });
      inbox.check = look;
    }
  });

  it('never gives a password back, on no page, in no answer, in no line of the trail, nor in clear in the database', async () => {
    const { client } = await readyClient(world, 'Secrète');
    const manager = await world.person('manager', [client.id]);
    const secret = 'correct-horse-battery';
    const input = inputFor('secret', { isUntested: true });
    input.smtp.password = secret;
    input.imap.password = secret;
    const api = await world.api(manager);
    const saved = await api.post(`/clients/${client.id}/mailboxes`, input);
    const browser = await world.browser(manager);
    const pages = [
      (await api.get(`/clients/${client.id}/mailboxes`)).text,
      (await browser.get('/settings/mailboxes')).text,
      (await browser.get(`/settings/mailboxes/${bodyOf(saved).id}`)).text,
      (
        await browser.post(`/settings/mailboxes/${bodyOf(saved).id}`, {
          senderName: '',
          smtp: { ...input.smtp, host: '' },
        })
      ).text,
    ];
    expect(pages.map((page) => page.includes(secret))).toEqual([false, false, false, false]);
    const rows = await world.database.read((db) =>
      db.rows(
        sql`SELECT secrets FROM mailbox UNION ALL SELECT details FROM audit_entry WHERE details IS NOT NULL`,
        { secrets: text },
      ),
    );
    expect(rows.some(({ secrets }) => secrets.includes(secret))).toBe(false);
    expect(saved.text).not.toMatch(/secrets|password/);
    expect(world.get(MailboxAccounts).smtp(await now(bodyOf(saved).id)).password).toBe(secret);
  });

  it('keeps its password when the form leaves it blank, and its place while the folder is the same', async () => {
    const { client } = await readyClient(world, 'Constante');
    const admin = await world.admin();
    const saved = await world.get(Mailboxes).add(admin, client.id, { ...inputFor('same'), isUntested: true });
    await world.database.write((tx) =>
      tx.run(sql`UPDATE mailbox SET uid_validity = '7', uid = 41 WHERE id = ${saved.id}`),
    );
    const { smtp, imap } = inputFor('same');
    const browser = await world.browser(admin);
    const form = {
      senderName: 'Léa M.',
      smtp: { ...smtp, password: '' },
      imap: { ...imap, password: '' },
      dailyCap: '20',
      gapMinSeconds: '60',
      gapMaxSeconds: '90',
    };
    const page = await browser.submit(`/settings/mailboxes/${saved.id}`, form);
    expect(page.status).toBe(200);
    const after = await now(saved.id);
    expect(after).toMatchObject({
      senderName: 'Léa M.',
      dailyCap: 20,
      gapMinSeconds: 60,
      uidValidity: '7',
      uid: 41,
    });
    expect(world.get(MailboxAccounts).passwords(after)).toEqual({ smtp: SMTP_PASSWORD, imap: IMAP_PASSWORD });
  });

  it('is paused and let go on by a person, and the trail knows who', async () => {
    const { client } = await readyClient(world, 'Lente');
    const manager = await world.person('manager', [client.id]);
    const api = await world.api(manager);
    const body = bodyOf(
      await api.post(`/clients/${client.id}/mailboxes`, inputFor('slow', { isUntested: true })),
    );
    await world.database.write((tx) =>
      tx.run(sql`UPDATE mailbox SET state = 'active', paused_reason = NULL WHERE id = ${body.id}`),
    );
    expect((await api.post(`/mailboxes/${body.id}/pause`, { note: 'Congés' })).body).toMatchObject({
      state: 'paused',
      pausedReason: 'byHand',
      pausedNote: 'Congés',
    });
    expect((await api.post(`/mailboxes/${body.id}/pause`)).status).toBe(409);
    expect((await api.post(`/mailboxes/${body.id}/resume`)).body).toMatchObject({
      state: 'active',
      pausedReason: null,
      pausedNote: null,
    });
    const acts = await world.database.read((db) =>
      db.rows(sql`SELECT act FROM audit_entry WHERE subject_id = ${body.id} ORDER BY id`, { act: text }),
    );
    expect(acts.map(({ act }) => act)).toEqual(['mailbox.added', 'mailbox.paused', 'mailbox.resumed']);
  });

  it('is one of its client: the same address once, also for two who add it at once', async () => {
    const { client } = await readyClient(world, 'Unique');
    const admin = await world.admin();
    const add = (): Promise<string> =>
      world
        .get(Mailboxes)
        .add(admin, client.id, { ...inputFor('once'), isUntested: true })
        .then(
          () => 'added',
          (error: unknown) => (error as { code: string }).code,
        );
    expect((await Promise.all([add(), add()])).sort()).toEqual(['added', 'mail.exists']);
  });

  it('at work for one client, it is nobody else’s until it is retired there; who has it is not said', async () => {
    const admin = await world.admin();
    const clients = [await readyClient(world, 'Secret Un'), await readyClient(world, 'Secret Deux')];
    const [one, other] = clients.map(({ client }) => client.id);
    const input = { ...inputFor('shared'), isUntested: true };
    const add = (clientId: string): Promise<string> =>
      world
        .get(Mailboxes)
        .add(admin, clientId, input)
        .then(
          () => 'added',
          (error: unknown) => (error as { code: string }).code,
        );
    const both = await Promise.all([add(one!), add(other!)]);
    expect([...both].sort()).toEqual(['added', 'mail.usedElsewhere']);
    const [holder, refused] = both[0] === 'added' ? [one!, other!] : [other!, one!];
    const api = await world.api(admin);
    const answer = await api.post(`/clients/${refused}/mailboxes`, {
      ...input,
      address: ' Shared@EPURE.example',
    });
    expect(answer.status).toBe(409);
    expect(bodyOf(answer).message).toContain('shared@epure.example is at work for another client');
    expect(answer.text).not.toContain('Secret');
    const mailbox = await world.database.read((db) =>
      db.entities.findOneByOrFail(Mailbox, { clientId: holder, address: 'shared@epure.example' }),
    );
    await world.get(Mailboxes).retire(admin, mailbox.id);
    expect(await add(refused)).toBe('added');
    // It does not come back where it was retired while it is at work elsewhere.
    expect(await add(holder)).toBe('mail.usedElsewhere');
  });

  it('reads a folder nobody else reads: by two, each answer would be kept twice, or shown to another client', async () => {
    const admin = await world.admin();
    const clients = [await readyClient(world, 'Alias Un'), await readyClient(world, 'Alias Deux')];
    const [one, other] = clients.map(({ client }) => client.id);
    const api = await world.api(admin);
    const login = inputFor('one-login', { isUntested: true });
    const add = (clientId: string, address: string, imap: object = {}) =>
      api.post(`/clients/${clientId}/mailboxes`, { ...login, address, imap: { ...login.imap, ...imap } });
    const both = await Promise.all([add(one!, 'lea@epure.example'), add(one!, 'lea@epure-b.example')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [kept] = both.filter(({ status }) => status === 201);
    const [refused] = both.filter(({ status }) => status === 409);
    expect(bodyOf(refused!).message).toContain(`is read already, for lea@epure`);
    // However it is spelled.
    const spelled = { user: 'One-Login', folder: 'inbox' };
    expect((await add(one!, 'third@epure.example', spelled)).status).toBe(409);
    const elsewhere = await add(other!, 'lea@epure-c.example');
    expect([elsewhere.status, bodyOf(elsewhere).message]).toEqual([
      409,
      expect.stringContaining('for another client'),
    ]);
    expect(elsewhere.text).not.toMatch(/Alias|lea@epure/);

    // A folder of its own is another place; what is saved may be changed, but not into the first one's.
    const apart = await add(other!, 'lea@epure-c.example', { folder: 'Deux' });
    expect(apart.status).toBe(201);
    const change = (imap: object) =>
      api.patch(`/mailboxes/${bodyOf(apart).id}`, {
        isUntested: true,
        imap: { ...login.imap, ...imap },
      });
    expect((await change({ folder: 'Deux' })).status).toBe(200);
    expect((await change({})).status).toBe(409);
    await world.get(Mailboxes).retire(admin, bodyOf(kept!).id);
    expect((await change({})).status).toBe(200);
  });

  it.each([
    [{ smtp: { host: 'http://smtp.example.com' } }, 'smtp.host'],
    [{ smtp: { host: 'a b' } }, 'smtp.host'],
    [{ smtp: { port: 70_000 } }, 'smtp.port'],
    [{ imap: { security: 'ssl' } }, 'imap.security'],
    [{ address: 'not one' }, 'address'],
    [{ dailyCap: 51 }, 'dailyCap'],
    [{ gapMinSeconds: 600, gapMaxSeconds: 60 }, 'gapMaxSeconds'],
  ])('refuses %j at its field', async (wrong, field) => {
    const { client } = await readyClient(world, `Refus ${field} ${JSON.stringify(wrong).length}`);
    const api = await world.api(await world.admin());
    const input = inputFor('refused', { isUntested: true }) as Record<string, unknown>;
    for (const [key, value] of Object.entries(wrong))
      input[key] = typeof value === 'object' ? { ...(input[key] as object), ...value } : value;
    const answer = await api.post(`/clients/${client.id}/mailboxes`, input);
    expect(answer.status).toBe(422);
    expect(Object.keys(bodyOf(answer).fields)).toEqual([field]);
  });

  it.skipIf(missing)(
    'whose password is refused three times in a row stops sending, with the reason on its page',
    async () => {
      const { client } = await readyClient(world, 'Coupée');
      const admin = await world.admin();
      const mailboxes = world.get(Mailboxes);
      const { id } = await mailboxes.add(admin, client.id, inputFor('cut'));
      const secrets = world.get(MailboxAccounts).seal(id, { smtp: SMTP_PASSWORD, imap: 'changed' });
      await world.database.write((tx) =>
        tx.run(sql`UPDATE mailbox SET secrets = ${secrets} WHERE id = ${id}`),
      );
      for (let n = 0; n < 2; n += 1) await world.get(InboxReader).read(id);
      expect(await now(id)).toMatchObject({ state: 'active', lastError: 'imap.signIn' });
      await world.get(InboxReader).read(id);
      expect(await now(id)).toMatchObject({ state: 'paused', pausedReason: 'signIn' });
      const page = (await (await world.browser(admin)).get(`/settings/mailboxes/${id}`)).text;
      expect(page).toContain('It cannot sign in any more');
      expect(page).toContain('The password is refused.');
      await mailboxes.edit(admin, id, { imap: inputFor('cut').imap });
      expect(await now(id)).toMatchObject({ state: 'active', lastError: null });
    },
  );

  it('a changed SECRET_KEY is told from a wrong password: it stops, and asks for it again', async () => {
    const { client } = await readyClient(world, 'Autre clé');
    const admin = await world.admin();
    const { id } = await world.get(Mailboxes).add(admin, client.id, { ...inputFor('key'), isUntested: true });
    await world.database.write((tx) =>
      tx.run(
        sql`UPDATE mailbox SET secrets = 'v1.00000000.AAAA.AAAA', state = 'active', paused_reason = NULL WHERE id = ${id}`,
      ),
    );
    await world.get(InboxReader).read(id);
    expect(await now(id)).toMatchObject({
      state: 'paused',
      pausedReason: 'signIn',
      lastError: 'imap.password',
    });
    const answer = await (await world.api(admin)).post(`/mailboxes/${id}/test`);
    expect(answer.status).toBe(409);
    expect(bodyOf(answer).message).toContain('type it again');
  });

  it('has its health on the page of every mailbox of the clients in sight, and no others', async () => {
    const [mine, other] = [await readyClient(world, 'Visible'), await readyClient(world, 'Cachée')];
    const admin = await world.admin();
    const add = (clientId: string, user: string) =>
      world.get(Mailboxes).add(admin, clientId, { ...inputFor(user), isUntested: true });
    await add(mine.client.id, 'seen');
    await add(other.client.id, 'hidden');
    const browser = await world.browser(await world.person('manager', [mine.client.id]));
    const page = (await browser.get('/settings/mailboxes')).text;
    expect(page).toContain('seen@epure.example');
    expect(page).toContain('0 of 10');
    expect(page).toContain('nothing sent, no bounce, no complaint');
    expect(page).toContain('Never tested');
    expect(page).not.toContain('hidden@epure.example');
    const count = await world.database.read((db) =>
      db.row(sql`SELECT COUNT(*) AS n FROM mailbox`, { n: integer }),
    );
    expect(count!.n).toBeGreaterThan(1);
  });

  it('is retired for good by a manager: passwords wiped, mails and threads kept, and its sequences say so', async () => {
    world.clock.set('2027-01-11T09:00:00Z');
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Retirée');
    const { mailbox, sequence, client } = cast;
    const person = await addressee(world, client.id);
    await enrolAll(world, cast, [person]);
    await tickAt(world, '2027-01-11T09:00:00Z');
    expect(story.posted).toHaveLength(1);
    const incoming = await mailIn(world, mailbox, { prospectId: person });

    const path = `/mailboxes/${mailbox.id}`;
    await (await world.api(cast.sdr)).post(`${path}/retire`).expect(403);
    const manager = await world.person('manager', [client.id], 'Mona');
    const api = await world.api(manager);
    const retired = await api.post(`${path}/retire`).expect(200);
    expect(retired.body).toMatchObject({ state: 'paused', pausedReason: 'retired' });
    expect((await now(mailbox.id)).secrets).toBe('');
    expect((await mailsTo(world, person)).map(({ mailboxId }) => mailboxId)).toEqual([mailbox.id]);
    const readable = await world.get(MailboxState).readable();
    expect(readable.map(({ id }) => id)).not.toContain(mailbox.id);

    // Nothing goes from it any more, and whoever asks is told why.
    for (const act of ['retire', 'pause', 'resume', 'test']) await api.post(`${path}/${act}`).expect(409);
    await api.patch(path, { senderName: 'Léa' }).expect(409);
    const words = { text: 'Merci' };
    await expect(world.get(Answers).send(manager, incoming, words)).rejects.toMatchObject({
      code: 'mail.retired',
    });
    await tickAt(world, '2027-01-13T09:00:00Z');
    expect(story.posted).toHaveLength(1);
    const { id } = await enrolmentIn(world, sequence.id, person);
    const why = await world.get(WhyWaitings).of(cast.sdr, client.id, [id]);
    expect(why.get(id)?.key).toBe('mailbox.retired');
    const browser = await world.browser(manager);
    const page = await browser.get(`/sequences/${sequence.id}`);
    expect(page.text).toContain(`${mailbox.address} was retired: 1 person it wrote to`);
    const shown = await browser.get(`/settings${path}`);
    expect(shown.text).toContain('Retired for good');
    expect(shown.text).not.toContain(`action="/settings${path}`);
    const trail = await world.database.read((db) =>
      db.rows(sql`SELECT act FROM audit_entry WHERE subject_id = ${mailbox.id}`, { act: text }),
    );
    expect(trail).toEqual([{ act: 'mailbox.retired' }]);
    // Without another mailbox, the mail of those not written to yet is a person's task again.
    expect(await world.database.read((db) => machineClients(db, [client.id]))).toEqual([]);
  });

  it('comes back with its threads when its address is added again', async () => {
    const { client } = await readyClient(world, 'Revenue');
    const api = await world.api(await world.person('manager', [client.id]));
    const input = inputFor('back', { isUntested: true });
    const first = bodyOf(await api.post(`/clients/${client.id}/mailboxes`, input).expect(201));
    await api.post(`/clients/${client.id}/mailboxes`, input).expect(409);
    await api.post(`/mailboxes/${first.id}/retire`).expect(200);
    const again = await api.post(`/clients/${client.id}/mailboxes`, input).expect(201);
    expect(again.body).toMatchObject({ id: first.id, state: 'paused', pausedReason: 'untested' });
    expect(world.get(MailboxAccounts).passwords(await now(first.id)).smtp).toBe(SMTP_PASSWORD);
  });
});
