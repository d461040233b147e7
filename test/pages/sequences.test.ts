import { expect, it } from 'vitest';
import { enrolled, liveSequence, reachable } from '../support/sequence-stories.js';
import { Clients } from '../../src/clients/clients.service.js';
import { NORDIA_NOTICE, readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
/** The forms of the test browser number lists themselves. */
const step = (has: object = {}) => ({
  id: '',
  day: '0',
  channel: 'email',
  variants: { 0: { subject: 'Bonjour', body: 'Bonjour {{firstName}}' } },
  ...has,
});

onBothDatabases('the pages of sequences', (world) => {
  it('from an empty list to a live sequence with somebody in it', async () => {
    world.clock.set(MONDAY);
    const { client } = await readyClient(world, 'Pages');
    const prospectId = await reachable(world, client.id);
    await world.get(Clients).edit(await world.admin(), client.id, { ...NORDIA_NOTICE, legalName: null });
    const browser = await world.browser(await world.admin());
    expect((await browser.get(`/clients/${client.id}/sequences`)).text).toContain('No sequence yet');
    const saved = await browser.submit(`/clients/${client.id}/sequences`, {
      name: 'Printemps',
      steps: { 0: step() },
    });
    expect(saved.text).toContain('Bonjour Claire');
    expect(saved.text).toContain('Being written');
    // What keeps it from being submitted is said, with the click that mends it.
    expect(saved.text).toContain('Insert the notice');
    expect(saved.text).toContain('the legal name');
    expect(saved.text).toContain(`/clients/${client.id}/edit#notice`);
    const sdr = await world.browser(await world.person('sdr', [client.id], 'Sol'));
    const desk = await sdr.get(`/clients/${client.id}/sequences/new`);
    expect(desk.text).toContain('lacks one thing: the legal name. The account manager of this client');
    expect(desk.text).not.toContain(`/clients/${client.id}/edit#notice`);
    const id = /action="\/sequences\/([0-9a-f-]{36})\/submit"/.exec(saved.text)![1]!;
    expect((await browser.post(`/sequences/${id}/submit`)).status).toBe(422);
    expect((await browser.submit(`/sequences/${id}/notice`)).text).toContain('The notice stands at the end');
    await world.get(Clients).edit(await world.admin(), client.id, NORDIA_NOTICE);
    expect((await browser.submit(`/sequences/${id}/submit`)).text).toContain('Waiting for the client’s word');
    const buyer = await world.browser(await world.person('client', [client.id], 'Béatrice'));
    expect((await buyer.get('/portal')).text).toContain(`/portal/messages/${id}`);
    const read = await buyer.get(`/portal/messages/${id}`);
    expect(read.text).toContain('<p>Bonjour Claire</p>');
    expect(read.text).toContain('pour le compte de Nordia Industrie SAS');
    expect(
      (await buyer.submit(`/portal/messages/${id}/comments`, { comments: { whole: 'Parfait' } })).text,
    ).toContain('Parfait');
    expect((await buyer.post(`/portal/messages/${id}/refuse`, { reason: '' })).status).toBe(422);
    expect((await buyer.submit(`/portal/messages/${id}/approve`, { version: '1' })).text).toContain(
      'is approved',
    );
    const all = await buyer.get('/portal/messages');
    expect(all.text).toContain('Printemps');
    expect(all.text).toContain('Béatrice');
    expect((await browser.get(`/sequences/${id}/approval`)).text).toContain('Parfait');
    const drawn = await browser.submit(`/sequences/${id}/test`, {
      size: '1',
      filter: { status: 'new' },
      seed: 'x',
    });
    expect(drawn.text).toContain('1 person is in the test.');
    // An SDR sees the figures, and whose word it is.
    const waits = await sdr.get(`/sequences/${id}/test`);
    expect(waits.text).toContain('GO or NO-GO is the word of the account manager');
    expect(waits.text).not.toContain(`/sequences/${id}/decide`);
    expect((await browser.post(`/sequences/${id}/launch`)).text).toContain('has no GO');
    const go = await browser.submit(`/sequences/${id}/decide`, { decision: 'go', reason: 'Bien reçu' });
    expect(go.text).toContain('GO: ready to launch');
    expect((await browser.submit(`/sequences/${id}/launch`)).text).toContain('Live');
    expect((await browser.get(`/sequences/${id}/test`)).text).toContain('Bien reçu');
    const second = await reachable(world, client.id);
    expect(second).not.toBe(prospectId);
    const check = await browser.get(`/sequences/${id}/enrol?check=1&status=new`);
    expect(check.text).toContain('1 person will be enrolled');
    expect((await browser.submit(`/sequences/${id}/enrol`, { status: 'new' })).text).toContain(
      '1 person enrolled',
    );
    expect((await browser.get(`/today`)).text).toContain(prospectId);
    expect((await browser.get(`/clients/${client.id}/sequences`)).text).toContain('Printemps');
    expect((await browser.post(`/sequences/${id}/submit`)).status).toBe(409);
  });

  it('the buttons of the editor work without a script and keep what was typed', async () => {
    world.clock.set(MONDAY);
    const { client } = await readyClient(world, 'Éditeur');
    const browser = await world.browser(await world.admin());
    const address = `/clients/${client.id}/sequences`;
    const form = {
      name: 'En cours',
      steps: {
        0: step(),
        1: step({ day: '3', channel: 'call', variants: { 0: { body: 'Demander Paul' } } }),
      },
    };
    const added = await browser.post(address, { ...form, op: 'add' });
    expect(added.text.match(/<legend/g)).toHaveLength(3);
    expect(added.text).toContain('Demander Paul');
    const moved = await browser.post(address, { ...form, op: 'up:1' });
    expect(moved.text.indexOf('Demander Paul')).toBeLessThan(moved.text.indexOf('Bonjour {{firstName}}'));
    expect((await browser.post(address, { ...form, op: 'remove:0' })).text).not.toContain(
      'Bonjour {{firstName}}',
    );
  });

  it('a fault is told at its field, with the text still there', async () => {
    world.clock.set(MONDAY);
    const { client } = await readyClient(world, 'Fautes');
    const browser = await world.browser(await world.admin());
    const answer = await browser.post(`/clients/${client.id}/sequences`, {
      name: '',
      steps: { 0: step({ variants: { 0: { subject: '', body: 'Bonjour {{prenom}}' } } }) },
    });
    expect(answer.status).toBe(422);
    const named = await browser.post(`/clients/${client.id}/sequences`, {
      name: 'Essai',
      steps: { 0: step({ variants: { 0: { subject: '', body: 'Bonjour {{prenom}}' } } }) },
    });
    expect(named.text).toContain('Line 1, column 11: there is no field “prenom”.');
    expect(named.text).toContain('Bonjour {{prenom}}');
  });

  it('whoever is left out is shown with the reason, and each person’s place has its why', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Raisons');
    await enrolled(world, cast);
    await reachable(world, cast.client.id, { firstName: null, fullName: 'M. Muet' });
    await reachable(world, cast.client.id, { fullName: 'Claire Voit' });
    const browser = await world.browser(cast.sdr);
    const id = cast.sequence.sequence.id;
    const check = await browser.get(`/sequences/${id}/enrol?check=1`);
    expect(check.text).toContain('Missing: First name');
    expect(check.text).toMatch(/<a href="\/prospects\/[0-9a-f-]{36}">M\. Muet<\/a>/);
    expect(check.text).toContain('Already in a sequence of this client');
    const done = await browser.post(`/sequences/${id}/enrol`, { status: 'new' });
    expect(done.text).toContain('1 person enrolled. 1 left out.');
    const people = await browser.get(`/sequences/${id}/people?state=active`);
    expect(people.text).toContain('No mailbox: to be sent by hand');
    const enrolment = /\/enrolments\/([0-9a-f-]{36})\/pause/.exec(people.text)![1]!;
    expect((await browser.submit(`/enrolments/${enrolment}/pause`)).text).toContain(
      'Paused until somebody resumes it',
    );
    expect((await browser.submit(`/enrolments/${enrolment}/remove`)).text).toContain('Taken out');
  });

  it('the preview says what is missing, and never shows another client’s prospect', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Aperçu');
    const other = await liveSequence(world, 'Tiers');
    const mine = await reachable(world, cast.client.id);
    const theirs = await reachable(world, other.client.id);
    const browser = await world.browser(cast.sdr);
    const form = {
      name: 'x',
      steps: {
        0: step({ variants: { 0: { subject: 'a', body: '{{title}} {{constructor}} {{firstName}}' } } }),
      },
    };
    const address = `/clients/${cast.client.id}/sequences/preview`;
    const shown = await browser.post(address, { ...form, prospectId: mine });
    expect(shown.text).toContain('<mark class="missing">title</mark>');
    expect(shown.text).toContain('Claire');
    expect((await browser.post(address, { ...form, prospectId: theirs })).status).toBe(404);
  });

  it('the preview says nobody can be written to while a text names an unknown field, and praises no empty one', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Champs inconnus');
    await reachable(world, cast.client.id);
    const browser = await world.browser(cast.sdr);
    const address = `/clients/${cast.client.id}/sequences/preview`;
    const seen = async (subject: string, body: string): Promise<string> =>
      (await browser.post(address, { name: 'x', steps: { 0: step({ variants: { 0: { subject, body } } }) } }))
        .text;
    const sound = await seen('Bonjour', 'Bonjour {{firstName}}');
    expect([sound.includes('data-tone="good"'), sound.includes('data-tone="bad"')]).toEqual([true, false]);
    const unknown = await seen('Bonjour', 'Bonjour {{firstname}}, {{compny}}');
    expect(unknown).toContain('these texts can go to nobody');
    expect(unknown).toMatch(/Step 1, Message: [^<]*firstname/);
    expect(unknown).not.toContain('data-tone="good"');
    for (const [subject, body] of [
      ['Bonjour', ''],
      ['', 'Bonjour'],
    ] as const) {
      const empty = await seen(subject, body);
      expect(empty).toContain('Write the text of every step');
      expect(empty).not.toContain('data-tone="good"');
    }
  });

  it('whatever keeps a test from being drawn comes with the page where that is done', async () => {
    world.clock.set(MONDAY);
    const { client } = await readyClient(world, 'Impasses');
    await world.get(Clients).edit(await world.admin(), client.id, NORDIA_NOTICE);
    const browser = await world.browser(await world.admin());
    const saved = await browser.submit(`/clients/${client.id}/sequences`, {
      name: 'Printemps',
      steps: {
        0: step({ variants: { 0: { subject: 'Bonjour', body: 'Bonjour {{firstName}} {{notice}}' } } }),
      },
    });
    const id = /action="\/sequences\/([0-9a-f-]{36})\/submit"/.exec(saved.text)![1]!;
    const way = async (): Promise<string> =>
      /class="empty__actions"><a class="button" href="([^"]+)"/.exec(
        (await browser.get(`/sequences/${id}/test`)).text,
      )?.[1] ?? 'nowhere';
    // What is only written has first to be submitted, which its first page does.
    expect(await way()).toBe(`/sequences/${id}`);
    await browser.post(`/sequences/${id}/submit`);
    expect(await way()).toBe(`/sequences/${id}/approval`);
    const buyer = await world.browser(await world.person('client', [client.id], 'Béatrice'));
    await buyer.post(`/portal/messages/${id}/approve`, { version: '1' });
    const nobody = await browser.post(`/sequences/${id}/test`, { size: '5', filter: { status: 'new' } });
    expect(nobody.status).toBe(409);
    const warning = /role="alert">.*?<\/div><\/div>/s.exec(nobody.text)![0];
    expect(warning).toContain('Nobody matches');
    expect(warning).toContain(`href="/sequences/${id}/enrol"`);
    expect(warning).toContain(`href="/clients/${client.id}/prospects"`);
    await browser.post(`/sequences/${id}/archive`);
    expect(await way()).toBe(`/sequences/${id}/results`);
  });

  it('the daily limit is set on the sequence’s page, kept in its diary, and lifted by leaving it empty', async () => {
    const cast = await liveSequence(world, 'Limite');
    const browser = await world.browser(cast.sdr);
    const page = `/sequences/${cast.sequence.sequence.id}`;
    expect((await browser.get(page)).text).toContain('Emails in 24 h, at most');
    const set = await browser.submit(`${page}/limit`, { dailyCap: '25' });
    expect(set.text).toContain('Daily limit of “Directeurs de site” kept.');
    expect(set.text).toMatch(/name="dailyCap"[^>]*value="25"/);
    for (const wrong of ['0', '1001', '2,5', 'vingt']) {
      const refused = await browser.post(`${page}/limit`, { dailyCap: wrong });
      expect([wrong, refused.status]).toEqual([wrong, 422]);
      expect(refused.text).toContain(`value="${wrong}"`);
    }
    expect((await browser.get(`${page}/approval`)).text).toContain('Sami Sdr set a daily limit of 25 emails');
    await browser.submit(`${page}/limit`, { dailyCap: '' });
    expect((await browser.get(`${page}/approval`)).text).toContain('Sami Sdr lifted the daily limit');
    const api = await world.api(cast.sdr);
    const told = await api.put(`${page}/limit`, { dailyCap: 40 }).expect(200);
    expect(told.body).toMatchObject({ dailyCap: 40 });
    expect((await api.get(page).expect(200)).body).toMatchObject({ dailyCap: 40 });
    await api.put(`${page}/limit`, { dailyCap: 2.5 }).expect(422);
  });
});
