import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Inbox } from '../../src/mail/inbox.js';
import { Mailer } from '../../src/mail/mailer.js';
import type { SmtpAccount } from '../../src/mail/mail-account.js';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import { NORDIA_NOTICE, readyClient, type Setting } from '../support/stories.js';
import { mailboxOf } from '../support/engine-stories.js';
import { incoming } from '../support/incoming-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { reachable } from '../support/sequence-stories.js';
import { Clients } from '../../src/clients/clients.service.js';
import { onBothDatabases } from '../support/world.js';

type Body = Record<string, never> & { id: string };
const idOf = ({ body }: { body: unknown }): string => (body as Body).id;

onBothDatabases('Clients side by side', (world) => {
  let admin: Actor;
  let sam: Actor;
  let rita: Actor;
  let a: Setting;
  let b: Setting;
  let theirs: string;
  const api = (actor: Actor) => world.api(actor);

  beforeAll(async () => {
    admin = await world.admin();
    [a, b] = [await readyClient(world, 'Alpha'), await readyClient(world, 'Beta')];
    sam = await world.person('sdr', [a.client.id], 'Sam');
    rita = await world.person('sdr', [b.client.id], 'Rita');
    theirs = await reachable(world, b.client.id, { fullName: 'Zoé Secrète', companyName: 'Zébulon' });
  });

  it('ids of another client in an act on many change nothing and find nobody', async () => {
    const [mine, other] = [await api(sam), await api(rita)];
    const own = await prospectOf(world, a.client.id, { firstName: 'Ada' });
    const list = idOf(await other.post(`/clients/${b.client.id}/lists`, { name: 'À eux' }).expect(201));
    const filter = idOf(
      await other
        .post(`/clients/${b.client.id}/filters`, { name: 'Zé', filter: { status: 'new' }, isShared: true })
        .expect(201),
    );
    const open = (body: object) => mine.post(`/clients/${a.client.id}/bulk-acts`, body);
    const mixed = await open({ kind: 'suppress', reason: 'x', prospectIds: [own, theirs] }).expect(201);
    expect(mixed.body).toMatchObject({ total: 1, able: 1 });
    await open({ kind: 'enlist', listId: list, prospectIds: [own] }).expect(422);
    await open({ kind: 'owner', ownerIds: [rita.userId], prospectIds: [own] }).expect(422);
    await open({ kind: 'status', to: 'replied', filter: { segment: filter } }).expect(404);
    await mine.get(`/clients/${a.client.id}/prospects?segment=${filter}`).expect(404);
    const byList = await mine.get(`/clients/${a.client.id}/prospects?list=${list}`).expect(200);
    expect((byList.body as unknown as { items: unknown[] }).items).toEqual([]);
    await mine.delete(`/filters/${filter}`).expect(404);
    await mine.post(`/lists/${list}/members`, { prospectIds: [own] }).expect(404);
    const ownList = idOf(await mine.post(`/clients/${a.client.id}/lists`, { name: 'À nous' }).expect(201));
    expect(
      (await mine.post(`/lists/${ownList}/members`, { prospectIds: [theirs] }).expect(200)).body,
    ).toEqual({ added: 0 });
    await mine.post(`/prospects/${own}/merge`, { otherId: theirs }).expect(422);
    await mine.post(`/prospects/${theirs}/merge`, { otherId: own }).expect(404);
    await mine
      .post(`/clients/${a.client.id}/duplicates/dismiss`, { firstId: own, secondId: theirs })
      .expect(422);
    await mine.post(`/clients/${a.client.id}/icp-trials`, { icpVersionId: b.icp.version.id }).expect(404);
    await mine
      .post(`/clients/${a.client.id}/icp-trials`, { icpVersionId: a.icp.version.id, segment: filter })
      .expect(404);
    expect(JSON.stringify((await mine.get('/search?q=zebulon')).body)).not.toContain('Secrète');
    const page = await world.browser(sam);
    for (const path of [`/today/lease/${theirs}`, `/today/drafts/${theirs}`])
      expect((await page.submit(path, { note: 'x' })).status).toBe(404);
    expect(
      (await page.get(`/clients/${a.client.id}/duplicates?one=${own}&other=${theirs}`)).text,
    ).not.toContain('Secrète');
    expect((await page.get(`/today?item=${theirs}&of=team`)).text).not.toContain('Secrète');
  });

  it('the same click key twice at the same moment is one act', async () => {
    const mine = await api(sam);
    const own = await prospectOf(world, a.client.id, { firstName: 'Bea' });
    const body = { kind: 'status', to: 'replied', prospectIds: [own], clickKey: 'once' };
    const both = await Promise.all([1, 2, 3].map(() => mine.post(`/clients/${a.client.id}/bulk-acts`, body)));
    expect(both.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(both.map(idOf)).size).toBe(1);
    const starts = await Promise.all([1, 2].map(() => mine.post(`/bulk-acts/${idOf(both[0]!)}/start`)));
    expect(starts.map(({ status }) => status)).toEqual([200, 200]);
    await world.get(BulkActs).settled(idOf(both[0]!), 10);
    const undone = await Promise.all([1, 2].map(() => mine.post(`/bulk-acts/${idOf(both[0]!)}/undo`)));
    expect(undone.map(({ status }) => status)).toEqual([200, 200]);
    await world.get(BulkActs).settled(idOf(both[0]!), 10);
    expect((await mine.get(`/bulk-acts/${idOf(both[0]!)}`)).body).toMatchObject({ changed: 1, undone: 1 });
  });

  it('two merges of one pair at once, either way round, are one merge; undone twice, once', async () => {
    const mine = await api(sam);
    const one = await reachable(world, a.client.id, { fullName: 'Paul Pair' });
    const two = await reachable(world, a.client.id, { fullName: 'Paul Paire' });
    const both = await Promise.all([
      mine.post(`/prospects/${one}/merge`, { otherId: two }),
      mine.post(`/prospects/${two}/merge`, { otherId: one }),
    ]);
    const done = both.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    expect(both.every(({ status }) => status < 500)).toBe(true);
    const undone = await Promise.all([1, 2].map(() => mine.post(`/merges/${idOf(done[0]!)}/undo`)));
    expect(undone.map(({ status }) => status).sort()).toEqual([200, 409]);
    await (await api(rita)).post(`/merges/${idOf(done[0]!)}/undo`).expect(404);
  });

  it('a sequence moves once, however often and by however many it is pushed at once', async () => {
    const { client } = a;
    await world.get(Clients).edit(admin, client.id, NORDIA_NOTICE);
    const boss = await api(admin);
    const buyer = await api(await world.person('client', [client.id], 'Béa Buyer'));
    const stranger = await api(await world.person('client', [b.client.id], 'Eve'));
    await Promise.all([1, 2, 3].map(() => reachable(world, client.id)));
    const id = idOf(
      await boss
        .post(`/clients/${client.id}/sequences`, {
          name: 'Course',
          steps: [
            {
              day: 0,
              channel: 'email',
              variants: [{ subject: 'S', body: 'Bonjour <img src=x onerror=alert(1)> {{notice}}' }],
            },
          ],
        })
        .expect(201),
    );
    const twice = async (path: string, body: object, who = boss) =>
      (await Promise.all([1, 2].map(() => who.post(`/sequences/${id}/${path}`, body))))
        .map(({ status }) => status)
        .sort();
    expect(await twice('submit', {})).toEqual([200, 409]);
    for (const [path, body] of [
      ['approve', { version: 1 }],
      ['refuse', { version: 1, reason: 'x' }],
      ['comments', { text: 'x' }],
    ] as const)
      await stranger.post(`/sequences/${id}/${path}`, body).expect(404);
    await stranger.get(`/sequences/${id}/comments`).expect(404);
    for (const path of ['tests', 'versions', 'history', 'results', 'migration', 'enrolments'])
      await buyer.get(`/sequences/${id}/${path}`).expect(403);
    const portal = await world.browser(await world.person('client', [client.id], 'Lise Lectrice'));
    const read = await portal.get(`/portal/messages/${id}`);
    expect(read.status).toBe(200);
    expect(read.text).not.toContain('<img src=x');
    expect((await portal.get(`/portal/messages/${id}?prospect=${theirs}`)).status).toBe(404);
    expect((await portal.get(`/portal/messages/${id}?prospect=a&prospect=b`)).status).toBeLessThan(500);
    expect((await portal.get(`/portal/meetings?cursor=a&cursor=b`)).status).toBeLessThan(500);
    const eve = await world.browser(await world.person('client', [b.client.id], 'Eve Deux'));
    expect((await eve.get(`/portal/messages/${id}`)).status).toBe(404);
    for (const act of ['approve', 'refuse', 'comments'])
      expect(
        (await eve.submit(`/portal/messages/${id}/${act}`, { version: '1', reason: 'x', text: 'x' })).status,
      ).toBe(404);
    await buyer.post(`/sequences/${id}/approve`, { version: 2 }).expect(409);
    expect(await twice('approve', { version: 1 }, buyer)).toEqual([200, 409]);
    // The second joins the test the first is beginning, or finds it begun: one test of two people either way.
    expect((await twice('test', { size: 2 }))[0]).toBe(201);
    const tests = (await boss.get(`/sequences/${id}/tests`)).body as { items: { enrolled: number }[] };
    expect(tests.items.map(({ enrolled }) => enrolled)).toEqual([2]);
    expect(await twice('decide', { decision: 'go', reason: 'ok' })).toEqual([200, 409]);
    expect(await twice('launch', {})).toEqual([200, 409]);
  });

  describe('a stored password', () => {
    it('goes to no other server than the one it was typed for', async () => {
      const manager = await world.person('manager', [a.client.id], 'Max');
      const mailbox = await mailboxOf(world, a.client.id);
      const told: SmtpAccount[] = [];
      const mailer = world.get(Mailer) as unknown as { check: (to: SmtpAccount) => Promise<void> };
      const inbox = world.get(Inbox) as unknown as { check: (to: SmtpAccount) => Promise<unknown> };
      mailer.check = async (account) => void told.push(account);
      inbox.check = async (account) => {
        told.push(account);
        return { uidValidity: '1', uid: 1 };
      };
      const caller = await api(manager);
      const { host, port, security, user } = mailbox.smtp;
      for (const server of ['smtp', 'imap']) {
        const refused = await caller.patch(`/mailboxes/${mailbox.id}`, {
          [server]: { host: 'evil.example', port, security, user },
        });
        expect([refused.status, Object.keys((refused.body as { fields?: object }).fields ?? {})]).toEqual([
          422,
          [`${server}.password`],
        ]);
      }
      expect(told.filter((one) => one.host === 'evil.example')).toEqual([]);
      await caller
        .patch(`/mailboxes/${mailbox.id}`, { smtp: { host, port: port + 1, security, user } })
        .expect(200);
      await caller
        .patch(`/mailboxes/${mailbox.id}`, {
          smtp: { host: 'new.example', port, security, user, password: 'typed' },
        })
        .expect(200);
    });
  });

  it('words of strangers are words on every page', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const mailbox = await mailboxOf(world, a.client.id, { senderName: evil });
    const prospectId = await prospectOf(world, a.client.id, {
      firstName: evil,
      fullName: evil,
      companyName: evil,
    });
    const about = {
      id: null,
      mailboxId: mailbox.id,
      clientId: a.client.id,
      prospectId: null,
      enrolmentId: null,
      messageId: '<x@y>',
      subject: evil,
      toAddress: 'x@y.example',
    };
    const has = {
      touchId: null,
      fromName: evil,
      subject: evil,
      replyText: evil,
      text: evil,
      html: evil,
      state: 'unmatched' as const,
      isTold: false,
    };
    const unmatched = await incoming(world, about as never, 'interested', has);
    await incoming(world, { ...about, prospectId } as never, 'interested', { ...has, state: 'to_triage' });
    const mine = await api(sam);
    await mine.post(`/clients/${a.client.id}/lists`, { name: evil }).expect(201);
    await mine.post(`/clients/${a.client.id}/filters`, { name: evil, filter: { q: 'x' } }).expect(201);
    const browser = await world.browser(sam);
    for (const path of [
      '/inbox',
      `/inbox/${unmatched}`,
      `/inbox/${unmatched}?q=${encodeURIComponent(evil)}`,
      `/today?item=${prospectId}&of=team`,
      `/prospects/${prospectId}`,
      `/search?q=${encodeURIComponent(evil)}`,
      `/search?q=script`,
      `/clients/${a.client.id}/prospects?q=${encodeURIComponent(evil)}`,
      `/clients/${a.client.id}/lists`,
      `/clients/${a.client.id}/bulk-acts`,
      `/clients/${a.client.id}/duplicates`,
      `/clients/${a.client.id}/icp-trials`,
      `/clients/${a.client.id}/outbox`,
    ]) {
      const page = await browser.get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect([path, /<script>alert|<img src=x/.test(page.text)]).toEqual([path, false]);
    }
  });

  it('a mapping of other things than names is refused, and not remembered', async () => {
    const mine = await api(sam);
    const bring = (mapping: object) =>
      mine.upload(
        `/clients/${a.client.id}/imports`,
        { name: 'a.csv', content: 'Courriel;Note\nx@roux.example;y\n' },
        { mapping: JSON.stringify(mapping) },
      );
    for (const target of [['email'], {}, 7, true, 'constructor'])
      expect([target, (await bring({ 0: 'email', 1: target })).status]).toEqual([target, 422]);
    expect((await bring({ 0: 'email' })).status).toBe(202);
  });

  it.each([1e308, 2 ** 53, 2 ** 31, 0.5])('a cursor at %d is none of ours', async (key) => {
    const mine = await api(sam);
    const cursor = Buffer.from(JSON.stringify([key, 'x'])).toString('base64url');
    for (const path of [`duplicates?`, `prospects?sort=fitScore&`])
      await mine.get(`/clients/${a.client.id}/${path}cursor=${cursor}`).expect(422);
  });
});
