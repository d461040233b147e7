import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { ProspectList } from '../../src/prospects/search/prospect-list.queries.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { prospectOf } from '../support/prospect-stories.js';
import { liveSequence, reachable } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';

const stage = onStage();
let admin: Actor;
let clientId: string;

beforeAll(async () => {
  const { world } = stage;
  admin = await world.admin();
  clientId = (await readyClient(world)).client.id;
  const names = [
    ['Hélène', 'Lefèvre', 'Électricité de Lyon'],
    ['Zoé', 'Brûlé', 'Électricité de Lyon'],
    ['Marc', 'Petit', 'Électricité de Lyon'],
    ['Paul', 'Roux', 'Acme'],
  ] as const;
  for (const [firstName, lastName, companyName] of names)
    await prospectOf(world, clientId, { firstName, lastName, companyName });
  await prospectOf(world, clientId, {
    firstName: 'Inès',
    lastName: 'Booked',
    companyName: 'Électricité de Lyon',
    status: 'meeting_booked',
  });
});

async function pageOf(options: { javaScriptEnabled?: boolean; width?: number } = {}): Promise<Page> {
  const { world } = stage;
  const value = await world.database.write((tx) => world.get(SignIn).openSession(tx, admin.userId));
  const page = await stage.page(options);
  await page.context().addCookies([{ name: SESSION_COOKIE, value, url: stage.url }]);
  return page;
}

/** For a look at the pages: SHOTS names a folder. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

const sizeOf = async (filter: object): Promise<number> =>
  (await stage.world.get(ProspectList).size(admin, clientId, filter)).size;

it('a search without accents becomes a saved filter, all it finds move, and come back', async () => {
  const page = await pageOf();
  await page.goto(`/clients/${clientId}/prospects`);
  await page.getByRole('searchbox', { name: 'Search prospects' }).fill('ELECTRICITE lyo');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('link', { name: 'Hélène Lefèvre' }).waitFor();
  expect(await page.getByRole('link', { name: 'Paul Roux' }).count()).toBe(0);
  await page.getByText('Save this filter …').click();
  await look(page, 'save-filter');
  await page.getByLabel('Name', { exact: true }).fill('Électricité');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The filter “Électricité” is saved.').waitFor();
  await expectAccessible(page);

  await page.getByLabel('All found by this filter').check();
  await page.locator('.bulk-bar summary', { hasText: 'Status' }).click();
  await page.getByLabel('Move to').selectOption('interested');
  await look(page, 'bulk-bar');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await page.getByText('3 prospects of 4 would change').waitFor();
  await page.getByText('Not possible from “Meeting booked”').first().waitFor();
  await expectAccessible(page);
  await look(page, 'bulk-counted');
  expect(await sizeOf({ status: 'interested' })).toBe(0);
  await page.getByRole('button', { name: 'Change 3 prospects' }).click();
  await page.getByText('3 prospects were changed.').waitFor();
  await look(page, 'bulk-done');
  expect(await sizeOf({ status: 'interested' })).toBe(3);
  await page.getByRole('button', { name: 'Undo for 3 prospects' }).click();
  await page.getByText('3 prospects were put back.').waitFor();
  expect(await sizeOf({ status: 'new' })).toBe(4);
  await page.goto(`/clients/${clientId}/lists`);
  await expectAccessible(page);
  await look(page, 'lists');
});

it('Ctrl K finds a person of any client while one types, and Enter opens them', async () => {
  const page = await pageOf();
  await page.goto('/clients');
  await page.keyboard.press('Control+k');
  await page.locator('#quick-search input').pressSequentially('brule');
  await page.locator('#quick-hits').getByRole('link', { name: 'Zoé Brûlé' }).waitFor();
  await expectAccessible(page);
  await look(page, 'quick-search');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Zoé Brûlé' }).waitFor();
});

it('somebody leaves, without a script: their prospects go to those who stay', async () => {
  const { world } = stage;
  const lea = await world.person('sdr', [clientId], 'Léa');
  const tom = await world.person('sdr', [clientId], 'Tom');
  for (let nth = 0; nth < 2; nth += 1) await prospectOf(world, clientId, { ownerId: lea.userId });
  const page = await pageOf({ javaScriptEnabled: false, width: 390 });
  await page.goto(`/settings/people/${lea.userId}`);
  await page.getByText('Léa owns 2 prospects.').waitFor();
  await page.getByRole('link', { name: 'Hand over' }).click();
  await look(page, 'hand-over');
  await page.getByLabel('Tom').check();
  await page.getByRole('button', { name: 'Hand over' }).click();
  await page.getByText('Give to Tom').first().waitFor();
  await expect.poll(() => sizeOf({ owner: tom.userId })).toBe(2);
});

it('on a phone all found are enrolled: the menu of the bar stays on the screen though nobody is ticked', async () => {
  const { client } = await liveSequence(stage.world, 'Téléphone');
  for (let nth = 0; nth < 9; nth += 1) await reachable(stage.world, client.id);
  const page = await pageOf({ width: 390 });
  await page.goto(`/clients/${client.id}/prospects`);
  await page.getByLabel('All found by this filter').check();
  await page.locator('.bulk-bar summary', { hasText: 'Enrol' }).click();
  await look(page, 'bulk-enrol-phone');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('9 prospects of 9 would be enrolled').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Enrol 9 people' }).click();
  await page.getByText('9 people were enrolled.').waitFor();
  await page.getByRole('button', { name: 'Undo for 9 prospects' }).click();
  await page.getByText('9 people were withdrawn.').waitFor();
});
