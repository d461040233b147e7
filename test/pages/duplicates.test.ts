import sql from 'sql-template-tag';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { DuplicateSearches } from '../../src/prospects/merge/duplicate-search.service.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Touches } from '../../src/outreach/touches/touches.service.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { insertRows } from '../../src/database/bulk-insert.js';
import { integer, text } from '../../src/database/rows.js';
import { newId } from '../../src/shared/id.js';
import { onBothDatabases } from '../support/world.js';

const undoIn = (html: string) =>
  /action="(\/merges\/[^"]+\/undo[^"]*)"/.exec(html)![1]!.replaceAll('&#x3D;', '=');

onBothDatabases('The page of duplicates', (world) => {
  let clientId: string;
  let sam: Actor;
  const claire = (email: string, has: Partial<Prospect> = {}) =>
    prospectOf(world, clientId, {
      firstName: 'Claire',
      lastName: 'Vasseur',
      companyName: 'Roux',
      email,
      ...has,
    });

  beforeAll(async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    clientId = (await readyClient(world)).client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
  });

  it('says that nobody was compared yet, compares when asked, and shows the likeliest pair side by side', async () => {
    const browser = await world.browser(sam);
    const home = `/clients/${clientId}/duplicates`;
    expect((await browser.get(home)).text).toContain('Not compared yet');
    await claire('claire.vasseur@roux.fr', { title: 'Directrice' });
    await claire('cvasseur@roux.fr', { title: 'DG', phone: '+33142000000' });
    await browser.submit(`${home}/search`);
    await world.get(DuplicateSearches).finished(clientId);
    const { text } = await browser.get(home);
    expect(text).toContain('Claire Vasseur and Claire Vasseur');
    expect(text).toContain('two spellings of one address');
    // Both have a title: there is something to choose. Only one has a phone: it is taken.
    expect(text).toContain('name="take[title]"');
    expect(text).not.toContain('name="take[phone]"');
  });

  it('a search that was cut off is done again by itself: nobody waits for it for ever', async () => {
    const { client } = await readyClient(world, 'Coupée');
    const home = `/clients/${client.id}/duplicates`;
    const browser = await world.browser(await world.admin());
    const hourAgo = new Date(world.clock.now().getTime() - 3_600_000);
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO duplicate_search (client_id, prospects, searched_at, running_at)
        VALUES (${client.id}, 0, ${hourAgo}, ${hourAgo})`),
    );
    expect((await browser.get(home)).text).toContain('<progress');
    await world.get(DuplicateSearches).searchWhereNew();
    expect((await browser.get(home)).text).not.toContain('<progress');
  });

  it('says where it stopped: of a list of look-alikes twenty thousand pairs are kept', async () => {
    const { client } = await readyClient(world, 'Jumeaux');
    const home = `/clients/${client.id}/duplicates`;
    const browser = await world.browser(await world.admin());
    const ids: string[] = [];
    for (let n = 0; n < 201; n += 1) ids.push(await prospectOf(world, client.id));
    ids.sort();
    const pairs = ids.flatMap((one, at) => ids.slice(at + 1).map((other) => [one, other]));
    const columns = ['id', 'client_id', 'first_id', 'second_id', 'score', 'found_at'];
    const keep = (some: string[][]) =>
      world.database.write((tx) => {
        const at = tx.dialect.bind(world.clock.now());
        const rows = some.map(([one, other]) => [newId(), client.id, one!, other!, 70, at]);
        return insertRows(tx, 'duplicate_pair', columns, rows);
      });
    await keep(pairs.slice(0, 19_999));
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO duplicate_search (client_id, prospects) VALUES (${client.id}, 201)`),
    );
    expect((await browser.get(home)).text).not.toContain('pairs are kept');
    await keep(pairs.slice(19_999, 20_000));
    expect((await browser.get(home)).text).toContain('No more than 20,000 pairs are kept');
  });

  it('merges with the fields chosen, offers the undo, leads the old address to the survivor, and undoes', async () => {
    const browser = await world.browser(sam);
    const [survivorId, otherId] = [
      await claire('a@garage.fr', { companyName: 'Garage', title: 'Directrice' }),
      await claire('b@garage.fr', { companyName: 'Garage', title: 'DG' }),
    ];
    const form = { survivorId, otherId, version: '1', otherVersion: '1', 'take[title]': 'other' };
    const merged = await browser.submit(`/clients/${clientId}/duplicates/merge`, form);
    expect(merged.text).toContain('Merged into one.');
    const undo = undoIn(merged.text);
    const old = await browser.get(`/prospects/${otherId}`);
    expect([old.status, old.headers['location']]).toEqual([303, `/prospects/${survivorId}`]);
    const shown = await browser.get(`/prospects/${survivorId}`);
    expect(shown.text).toContain('DG');
    expect(shown.text).toContain('Undo the merge');
    const api = await world.api(sam);
    const moved = await api.get(`/prospects/${otherId}`);
    expect([moved.status, moved.headers['location']]).toEqual([308, `/api/v1/prospects/${survivorId}`]);
    const undone = await browser.submit(undo);
    expect(undone.text).toContain('they are two again');
    expect((await browser.get(`/prospects/${otherId}`)).status).toBe(200);
  });

  it('a merge undone in the queue is a pair to decide on again, with the others that waited, and the queue goes on', async () => {
    const browser = await world.browser(sam);
    const home = `/clients/${clientId}/duplicates`;
    const ids = [
      await claire('claire.vasseur@scierie.fr', { companyName: 'Scierie' }),
      await claire('cvasseur@scierie.fr', { companyName: 'Scierie' }),
      await claire('vasseur@scierie.fr', { companyName: 'Scierie' }),
    ];
    const pairs = () =>
      world.database.read((db) =>
        db.rows(
          sql`SELECT first_id, second_id, score FROM duplicate_pair WHERE client_id = ${clientId}
            AND dismissed_at IS NULL ORDER BY first_id, second_id`,
          { firstId: text, secondId: text, score: integer },
        ),
      );
    await browser.submit(`${home}/search`);
    await world.get(DuplicateSearches).finished(clientId);
    const before = await pairs();
    expect(before.filter(({ firstId }) => ids.includes(firstId)).length).toBeGreaterThan(1);
    const [survivorId, otherId] = ids as [string, string, string];
    const merged = await browser.submit(`${home}/merge`, { survivorId, otherId });
    expect(await pairs()).not.toEqual(before);
    const undone = await browser.submit(undoIn(merged.text));
    expect(undone.text).toContain('they are two again');
    expect(undone.text).toContain('Claire Vasseur and Claire Vasseur');
    expect(undone.text).toContain(`value="${otherId}"`);
    expect(await pairs()).toEqual(before);
  });

  it('says why a merge cannot be undone', async () => {
    const browser = await world.browser(sam);
    const [kept, otherId] = [await claire('a@atelier.fr'), await claire('b@atelier.fr')];
    const merged = await (await world.api(sam)).post(`/prospects/${kept}/merge`, { otherId });
    await world.get(Touches).log(sam, kept, { channel: 'call', kind: 'no_answer' });
    const refused = await browser.submit(`/merges/${(merged.body as { id: string }).id}/undo`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('an action was recorded since the merge');
  });

  it('remembers two different people, and takes that back', async () => {
    const browser = await world.browser(sam);
    const home = `/clients/${clientId}/duplicates`;
    const [firstId, secondId] = [
      await claire('a@usine.fr', { companyName: 'Usine' }),
      await claire('b@usine.fr', { companyName: 'Usine' }),
    ];
    const dismissed = await browser.submit(`${home}/dismiss`, { firstId, secondId });
    expect(dismissed.text).toContain('Noted: two people.');
    const undo = /action="([^"]+reconsider[^"]+)"/
      .exec(dismissed.text)![1]!
      .replaceAll('&amp;', '&')
      .replaceAll('&#x3D;', '=');
    expect((await browser.submit(undo)).text).toContain('The pair is open again.');
  });

  it('shows what stands in the way, or that somebody was faster', async () => {
    const browser = await world.browser(sam);
    const [survivorId, otherId] = [await claire('a@lent.fr'), await claire('b@lent.fr')];
    const late = await browser.submit(`/clients/${clientId}/duplicates/merge`, {
      survivorId,
      otherId,
      version: '7',
    });
    expect(late.status).toBe(409);
    const foreign = await readyClient(world, 'Autre');
    const stranger = await prospectOf(world, foreign.client.id);
    const refused = await browser.submit(`/clients/${clientId}/duplicates/merge`, {
      survivorId,
      otherId: stranger,
    });
    expect([refused.status, refused.text.includes(stranger)]).toEqual([422, false]);
  });
});
