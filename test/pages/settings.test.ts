import { expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import { Clients } from '../../src/clients/clients.service.js';
import type { Browser } from '../support/browser.js';
import { onBothDatabases, PASSWORD } from '../support/world.js';

onBothDatabases('the settings', (world) => {
  const invite = async (browser: Browser, email: string): Promise<string> => {
    const form = { name: 'Nour', email, role: 'sdr', locale: 'fr' };
    const answer = await browser.post('/settings/people', form);
    expect(answer.status).toBe(200);
    return /\/invitations\/[\w-]+/.exec(answer.text)![0];
  };

  it('lead an admin from the invitation to a person who is in, and the link works once', async () => {
    const admin = await world.browser(await world.admin());
    const link = await invite(admin, 'nour@epure.example');
    expect((await admin.get('/settings/people')).text).toContain('Invitation pending');
    expect((await admin.get('/settings/people')).text).not.toContain(link);
    const nour = await world.browser();
    expect((await nour.post(link, { password: 'short' })).status).toBe(422);
    expect((await nour.post(link, { password: PASSWORD })).headers['location']).toBe('/');
    expect((await nour.get('/')).headers['location']).toBe('/today');
    const second = await (await world.browser()).post(link, { password: 'another long password' });
    expect(second.status).toBe(404);
    expect((await admin.get('/settings/people')).text).not.toContain('Invitation pending');
  });

  it('name the field that is wrong, and keep what was typed', async () => {
    const admin = await world.browser(await world.admin());
    const answer = await admin.post('/settings/people', {
      name: 'Zoé',
      email: 'not an address',
      role: 'sdr',
      locale: 'fr',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('This is not an email address.');
    expect(answer.text).toContain('value="Zoé"');
    const other = { name: 'Zoé', email: 'zoe@nordia.example', role: 'client', locale: 'fr' };
    expect((await admin.post('/settings/people', other)).text).toContain('href="#clientId"');
  });

  it('assign a person to clients, and take away what is no longer ticked', async () => {
    const admin = await world.admin();
    const [nordia, clairval] = await Promise.all(
      ['Nordia', 'Clairval'].map((name) => world.get(Clients).open(admin, { name })),
    );
    const sdr = await world.person('sdr', [nordia!.id], 'Mover');
    const browser = await world.browser(admin);
    const answer = await browser.submit(`/settings/people/${sdr.userId}`, {
      role: 'sdr',
      clientIds: [clairval!.id],
    });
    expect(answer.text).toContain('Saved for Mover.');
    expect((await world.actorOf(sdr.userId)).clients).toEqual([clairval!.id]);
  });

  it('disable somebody, whose open browser is then at the door, and take that back', async () => {
    const leaver = await world.person('sdr', [], 'Leaver');
    const theirs = await world.browser(leaver);
    expect((await theirs.get('/me')).status).toBe(200);
    const admin = await world.browser(await world.admin());
    const answer = await admin.submit(`/settings/people/${leaver.userId}/disable`);
    expect(answer.text).toContain(`action="/settings/people/${leaver.userId}/enable"`);
    expect((await theirs.get('/me')).headers['location']).toBe('/sign-in?next=%2Fme');
    await admin.post(`/settings/people/${leaver.userId}/enable`);
    expect((await world.actorOf(leaver.userId)).name).toBe('Leaver');
  });

  it('show a new token once, and revoke it', async () => {
    const sdr = await world.person('sdr', [], 'Scripter');
    const browser = await world.browser(sdr);
    const issued = await browser.post('/settings/tokens', { name: 'export' });
    const token = /carnet_[\w-]{20,}/.exec(issued.text)![0];
    const list = await browser.get('/settings/tokens');
    expect(list.text).not.toContain(token);
    const revoke = /\/settings\/tokens\/[\w-]+\/revoke/.exec(list.text)![0];
    expect((await browser.submit(revoke)).text).toContain('it no longer works');
  });

  it('keep language and theme for every page of the person', async () => {
    const browser = await world.browser(await world.person('sdr', [], 'Bilingue'));
    expect(
      (await browser.post('/me/language', { locale: 'fr', next: '/settings/tokens' })).headers['location'],
    ).toBe('/settings/tokens');
    await browser.post('/me/theme', { theme: 'dark' });
    const page = await browser.get('/me');
    expect(page.text).toContain('<html lang="fr" data-theme="dark">');
    expect((await browser.post('/me/theme', { theme: 'purple' })).status).toBe(422);
  });

  it('end the other browsers of somebody who changes the password or signs out everywhere', async () => {
    const person = await world.person('sdr', [], 'Careful');
    const [here, elsewhere] = [await world.browser(person), await world.browser(person)];
    const wrong = await here.post('/me/password', { current: 'a wrong guess', password: 'a brand new one' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).not.toContain('a wrong guess');
    expect((await elsewhere.get('/me')).status).toBe(200);
    await here.post('/me/password', { current: PASSWORD, password: 'a brand new password' });
    expect([(await here.get('/me')).status, (await elsewhere.get('/me')).status]).toEqual([200, 303]);
    const third = await world.browser(person);
    expect((await here.post('/me/sign-out-everywhere')).headers['location']).toBe('/sign-in');
    expect([(await here.get('/me')).status, (await third.get('/me')).status]).toEqual([303, 303]);
  });

  it('open only to those they belong to', async () => {
    const expected = {
      manager: [403, 200, 200, 200],
      sdr: [403, 200, 403, 200],
      client: [403, 403, 403, 200],
    };
    const client = await world.get(Clients).open(await world.admin(), { name: 'Hexal' });
    for (const role of ['manager', 'sdr', 'client'] as const) {
      const browser = await world.browser(await world.person(role, [client.id], role));
      const statuses = [];
      for (const path of ['/settings/people', '/settings/tokens', '/settings/audit', '/me'])
        statuses.push((await browser.get(path)).status);
      expect([role, statuses]).toEqual([role, expected[role]]);
    }
  });

  it('read the trail on the agency’s clock: past midnight in Paris is the next day', async () => {
    const admin = await world.browser(await world.admin());
    const before = world.clock.now();
    world.clock.set('2027-03-01T23:30:00Z');
    await world.get(Clients).open(await world.admin(), { name: 'Noctua' });
    world.clock.set(before);
    expect((await admin.get('/settings/audit?from=2027-03-02&to=2027-03-02')).text).toMatch(
      /2 Mar 2027, 00:30 (CET|GMT\+1|UTC\+1)/,
    );
    expect((await admin.get('/settings/audit?from=2027-03-01&to=2027-03-01')).text).toContain(
      'Nothing matches',
    );
  });

  it('read the trail with filters; a day or a cursor that is none does no harm', async () => {
    const admin = await world.browser(await world.admin());
    expect((await admin.get('/settings/audit?about=user')).text).toContain('Person invited');
    expect((await admin.get('/settings/audit?about=meeting')).text).toContain('Nothing matches');
    expect((await admin.get('/settings/audit?from=2026-99-99&person=nobody')).status).toBe(200);
    expect((await admin.get('/settings/audit?cursor=%22')).status).toBe(422);
  });
});

onBothDatabases('the door', (world) => {
  it('gives a session of its own making: one planted before sign-in opens nothing', async () => {
    await world.admin();
    const browser = await world.browser();
    browser.carry('planted-by-somebody-else');
    const answer = await browser.post('/sign-in', { email: 'ada@epure.example', password: PASSWORD });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toContain(`${SESSION_COOKIE}=`);
    expect(cookie).not.toContain('planted');
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const thief = await world.browser();
    thief.carry('planted-by-somebody-else');
    expect((await thief.get('/me')).status).toBe(303);
  });

  it('leads on to this site only, after sign-in and after a change of language', async () => {
    const admin = await world.browser(await world.admin());
    for (const next of [
      '/\u000b/evil.example',
      '/€',
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
    ]) {
      expect((await admin.post('/me/language', { locale: 'en', next })).headers['location']).toBe('/me');
      const visitor = await world.browser();
      expect((await visitor.post('/language', { locale: 'en', next })).headers['location']).toBe('/');
    }
  });

  it('refuses an act without the token of the form, or with somebody else’s', async () => {
    const [mine, theirs] = [
      await world.browser(await world.admin()),
      await world.browser(await world.person('sdr')),
    ];
    const token = /name="_csrf" value="([^"]+)"/.exec((await theirs.get('/me')).text)![1]!;
    const answer = await mine.post('/me/name', { name: 'Eve' }, { 'x-csrf-token': token });
    expect(answer.status).toBe(403);
    expect((await mine.post('/me/name', { name: 'Eve' }, { 'x-csrf-token': '' })).status).toBe(403);
  });

  it('lets a guesser try ten times a minute, then asks to wait', async () => {
    const browser = await world.browser();
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++)
      statuses.push(
        (await browser.post('/sign-in', { email: 'ada@epure.example', password: `guess ${n}` })).status,
      );
    expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(10);
    expect(statuses.at(-1)).toBe(429);
  });
});
