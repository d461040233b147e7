import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Prospects } from '../../src/prospects/prospects.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { bringIn, sheet } from '../support/import-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Pages of prospects', (world) => {
  let clientId: string;
  let otherId: string;
  let sam: Actor;
  let admin: Actor;

  beforeAll(async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    admin = await world.admin();
    clientId = (await readyClient(world)).client.id;
    otherId = (await readyClient(world, 'Other')).client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
  });

  it('words given both as the reason of an objection and as its note stand in the history once', async () => {
    const id = await prospectOf(world, otherId);
    const note = 'Ne souhaite plus être contacté.';
    await world.get(Statuses).change(admin, id, { to: 'do_not_contact', reason: note, note });
    const page = await (await world.browser(admin)).get(`/prospects/${id}`);
    const history = page.text.slice(page.text.indexOf('id="history-title"'));
    expect(history.split(note)).toHaveLength(2);
  });

  it('an empty client says what to do next; with people the list filters and links to each', async () => {
    const browser = await world.browser(sam);
    const empty = await browser.get(`/clients/${clientId}/prospects`);
    expect(empty.text).toContain('No prospects yet');
    const id = await prospectOf(world, clientId, {
      firstName: 'Zoé',
      lastName: 'Brûlé',
      status: 'interested',
    });
    await prospectOf(world, clientId, { firstName: 'Paul', lastName: 'Petit' });
    const found = await browser.get(`/clients/${clientId}/prospects?q=brule&status=interested`);
    expect(found.text).toContain(`/prospects/${id}`);
    expect(found.text).not.toContain('Paul Petit');
    const none = await browser.get(`/clients/${clientId}/prospects?q=nobody`);
    expect(none.text).toContain('Nobody matches');
  });

  it('one is added by hand; a refused form comes back as typed with its errors', async () => {
    const browser = await world.browser(sam);
    const refused = await browser.submit(`/clients/${clientId}/prospects`, {
      firstName: 'Ana',
      email: 'nonsense',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="Ana"');
    expect(refused.text).toContain('This is not an email address.');
    const made = await browser.submit(`/clients/${clientId}/prospects`, {
      firstName: 'Ana',
      lastName: 'Roux',
      email: 'ana@roux.example',
    });
    expect([made.status, made.text.includes('Ana Roux is added.')]).toEqual([200, true]);
  });

  it('a status is picked, shown in the history, and taken back from the toast', async () => {
    const id = await prospectOf(world, clientId);
    const browser = await world.browser(sam);
    const page = await browser.submit(`/prospects/${id}/status`, {
      to: 'interested',
      note: 'Likes <b>tea</b>',
      version: '1',
    });
    expect(page.text).toContain('The status is now “Interested”.');
    expect(page.text).toContain(`/prospects/${id}/undo`);
    expect(page.text).toContain('Likes &lt;b&gt;tea&lt;/b&gt;');
    const back = await browser.submit(`/prospects/${id}/undo`);
    expect(back.text).toContain('Undone: the status is “To contact” again.');
    const late = await browser.submit(`/prospects/${id}/undo`);
    expect(late.status).toBe(409);
  });

  it('who looked at an old page is told who moved the prospect where, and keeps the note', async () => {
    const id = await prospectOf(world, clientId);
    await world.get(Statuses).change(admin, id, { to: 'not_interested' });
    const browser = await world.browser(sam);
    const page = await browser.submit(`/prospects/${id}/status`, {
      to: 'interested',
      note: 'Kept words',
      version: '1',
    });
    expect(page.status).toBe(409);
    expect(page.text).toContain('Ada Admin moved this prospect to “Not interested” in the meantime.');
    expect(page.text).toContain('Kept words');
  });

  it('later without a day, and a move that is not legal, are said in words', async () => {
    const id = await prospectOf(world, clientId);
    const browser = await world.browser(sam);
    const later = await browser.submit(`/prospects/${id}/status`, { to: 'later' });
    expect([later.status, later.text.includes('Which day should this prospect be called back?')]).toEqual([
      422,
      true,
    ]);
    const illegal = await browser.submit(`/prospects/${id}/status`, { to: 'qualified' });
    expect([illegal.status, illegal.text.includes('Not possible from here. Possible: Replied')]).toEqual([
      409,
      true,
    ]);
    const opposed = await prospectOf(world, clientId, { status: 'do_not_contact' });
    const final = await browser.submit(`/prospects/${opposed}/status`, { to: 'replied' });
    expect([final.status, final.text.includes('This status is final')]).toEqual([409, true]);
  });

  it('a correction keeps what others changed out, and empties what was emptied', async () => {
    const id = await prospectOf(world, clientId, {
      email: 'old@acme.example',
      title: 'CEO',
      phone: '+33612345678',
    });
    const browser = await world.browser(sam);
    const form = await browser.get(`/prospects/${id}/edit`);
    expect(form.text).toContain('value="old@acme.example"');
    const saved = await browser.submit(`/prospects/${id}/edit`, {
      firstName: 'Léa',
      lastName: 'Noir',
      email: 'old@acme.example',
      title: '',
      phone: '+33612345678',
      version: '1',
    });
    expect(saved.text).toContain('Léa Noir');
    expect(saved.text).not.toContain('CEO');
    const stale = await browser.submit(`/prospects/${id}/edit`, {
      lastName: 'Blanc',
      email: 'old@acme.example',
      version: '1',
    });
    expect(stale.status).toBe(409);
  });

  it('of two tabs on one form the second is told who corrected what, not who did something else before', async () => {
    const id = await prospectOf(world, clientId, { email: 'deux@onglets.example' });
    const [léa, hugo] = [
      await world.person('sdr', [clientId], 'Léa Moreau'),
      await world.person('sdr', [clientId], 'Hugo Petit'),
    ];
    await world.get(Statuses).change(léa, id, { to: 'interested' });
    const version = async () =>
      /name="version" value="(\d+)"/.exec(
        (await (await world.browser(sam)).get(`/prospects/${id}/edit`)).text,
      )![1]!;
    const seen = await version();
    const corrected = await world.get(Prospects).edit(hugo, id, { title: 'Directrice' });
    const late = { lastName: 'Blanc', email: 'deux@onglets.example', version: seen };
    const stale = await (await world.browser(sam)).submit(`/prospects/${id}/edit`, late);
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('Hugo Petit corrected this prospect’s details in the meantime.');
    expect(stale.text).not.toContain('Léa Moreau moved');
    await world.get(Statuses).change(léa, id, { to: 'not_interested' });
    const again = await (
      await world.browser(sam)
    ).submit(`/prospects/${id}/edit`, {
      ...late,
      version: String(corrected.version),
    });
    expect(again.text).toContain('Léa Moreau moved this prospect to “Not interested” in the meantime.');
    const moved = await version();
    world.clock.set('2026-11-02T09:01:00Z');
    const file = sheet('E-mail;Fonction', 'deux@onglets.example;Gérante');
    await bringIn(world, admin, clientId, file, { onDuplicate: 'overwrite' });
    const after = await (
      await world.browser(sam)
    ).submit(`/prospects/${id}/edit`, { ...late, version: moved });
    expect([after.status, after.text.includes('Léa Moreau moved')]).toEqual([409, false]);
  });

  it('a filtered list says how many it found of how many, status by status, and what an opened filter asks', async () => {
    const { id } = (await readyClient(world, 'Filtrée')).client;
    const base = `/clients/${id}/prospects`;
    for (const status of ['new', 'new', 'interested'] as const)
      await prospectOf(world, id, { fit: 'unfit', status });
    await prospectOf(world, id, { fit: 'fit' });
    await prospectOf(world, id, { fit: 'fit', status: 'replied' });
    const browser = await world.browser(admin);
    const counts = (html: string) =>
      [...html.matchAll(/chip--choice"[^>]*>(.*?)<\/a>/gs)].map(([, chip]) =>
        chip!
          .replace(/<[^>]+>/g, '')
          .trim()
          .replace(/\s+/g, ' '),
      );
    const title = (html: string) => /page-title__count num">([^<]*)</.exec(html)![1];
    const all = (await browser.get(base)).text;
    expect([title(all), counts(all)]).toEqual(['5', ['All 5', 'To contact 3', 'Replied 1', 'Interested 1']]);
    const unfit = (await browser.get(`${base}?fit=unfit`)).text;
    expect(title(unfit)).toBe('3 of 5');
    expect(counts(unfit)).toEqual(['All 3', 'To contact 2', 'Replied 0', 'Interested 1']);
    expect(title((await browser.get(`${base}?fit=unfit&status=new`)).text)).toBe('2 of 5');
    const opened = await browser.submit(`/clients/${id}/filters`, {
      name: 'Hors cible, libres',
      filter: { fit: 'unfit', owner: 'none' },
    });
    expect(title(opened.text)).toBe('3 of 5');
    expect(opened.text).toContain('“Hors cible, libres” finds: Fit: Does not fit · SDR: Nobody');
  });

  it('several are moved, given and listed at once, and the page says how many', async () => {
    const ids = [
      await prospectOf(world, clientId),
      await prospectOf(world, clientId),
      await prospectOf(world, clientId, { status: 'qualified' }),
    ];
    const browser = await world.browser(sam);
    const at = `/clients/${clientId}/prospects/bulk`;
    const moved = await browser.submit(at, { prospectIds: ids, act: 'status', to: 'unreachable' });
    expect(moved.text).toContain('2 prospects moved; 1 could not move from where they are.');
    const given = await browser.submit(at, { prospectIds: ids, act: 'owner', ownerId: sam.userId });
    expect(given.text).toContain('3 prospects changed hands.');
    const listed = await browser.submit(at, { prospectIds: ids, act: 'enlist', newList: 'Printemps' });
    expect(listed.text).toContain('3 prospects added to the list.');
    const lists = await browser.get(`/clients/${clientId}/lists`);
    expect(lists.text).toContain('Printemps');
    expect((await browser.submit(at, { act: 'status', to: 'new' })).text).toContain('Nobody was selected.');
  });

  it('oppositions are entered and lifted on their page; an SDR sees no way to lift', async () => {
    const manager = await world.browser(admin);
    const at = `/clients/${clientId}/suppressions`;
    const bad = await manager.submit(at, { kind: 'domain', value: 'not a domain', reason: 'x' });
    expect([bad.status, bad.text.includes('This is not a domain')]).toEqual([422, true]);
    const added = await manager.submit(at, { kind: 'domain', value: 'rival.example', reason: 'Rival' });
    expect(added.text).toContain('rival.example will not be contacted.');
    expect(added.text).toContain('/lift"');
    expect((await (await world.browser(sam)).get(at)).text).not.toContain('/lift"');
    expect((await manager.get('/settings/suppressions')).status).toBe(200);
    expect((await (await world.browser(sam)).get('/settings/suppressions')).status).toBe(403);
  });

  it('nothing of another client opens', async () => {
    const id = await prospectOf(world, otherId);
    const browser = await world.browser(sam);
    for (const path of [
      `/prospects/${id}`,
      `/prospects/${id}/edit`,
      `/clients/${otherId}/prospects`,
      `/clients/${otherId}/suppressions`,
      `/clients/${otherId}/lists`,
    ])
      expect([path, (await browser.get(path)).status]).toEqual([path, 404]);
    expect((await browser.post(`/prospects/${id}/status`, { to: 'replied' })).status).toBe(404);
  });
});
