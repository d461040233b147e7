import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { Client } from '../../src/clients/client.entity.js';
import { expectAccessible, onStage } from '../support/chromium.js';

const stage = onStage();
const APOLLO = {
  name: 'apollo.csv',
  mimeType: 'text/csv',
  buffer: readFileSync(new URL('../imports/ok/apollo.csv', import.meta.url)),
};

async function browserOf(actor: Actor): Promise<Page> {
  const { world } = stage;
  const value = await world.database.write((tx) => world.get(SignIn).openSession(tx, actor.userId));
  const page = await stage.page();
  await page.context().addCookies([{ name: SESSION_COOKIE, value, url: stage.url }]);
  return page;
}

it('goes from an empty agency and an Apollo file to an accepted meeting and the exported report', async () => {
  const { world } = stage;
  world.clock.set('2026-03-02T09:00:00Z');

  // The account manager sets up the client, its engagement, its ICP and who receives the meetings.
  const manager = await browserOf(await world.admin());
  await manager.goto('/clients/new');
  await manager.getByLabel('Name', { exact: true }).fill('Nordia');
  await manager.getByRole('button', { name: 'Create client' }).click();
  await manager.getByRole('link', { name: 'Define the engagement' }).first().click();
  await manager.getByLabel('Start', { exact: true }).fill('2026-03-01');
  await manager.getByLabel('Monthly retainer').fill('3500');
  await manager.getByLabel('Qualified meetings').fill('5');
  await manager.getByLabel('Qualification criteria').fill('A budget is identified');
  await manager.getByRole('button', { name: 'Save engagement' }).click();
  await manager.getByRole('link', { name: 'Describe the ICP' }).click();
  await manager.getByRole('textbox', { name: 'Name' }).fill('French firms');
  await manager.getByLabel('Countries').first().fill('FR');
  await manager.getByRole('button', { name: 'Save ICP' }).click();
  await manager.getByRole('link', { name: 'Nordia' }).click();
  await manager.getByRole('link', { name: 'Add a contact' }).click();
  await manager.getByLabel('Name').fill('Hélène Hôte');
  await manager.getByRole('button', { name: 'Save' }).click();
  await manager.getByText('Hélène Hôte is added.').waitFor();

  const client = await onlyClient();
  const sdr = await browserOf(await world.person('sdr', [client.id], 'Sam'));
  const portal = await browserOf(await world.person('client', [client.id], 'Cleo'));

  // The SDR brings the file, looks at what was understood and at the counts, and imports.
  await sdr.goto(`/clients/${client.id}/imports`);
  await sdr.setInputFiles('input[type=file]', APOLLO);
  await sdr.getByRole('button', { name: 'Read the file' }).click();
  await sdr.getByText('What we understood').first().waitFor();
  await sdr.getByRole('button', { name: 'Check before importing' }).click();
  await sdr.getByText('This is what will happen').waitFor();
  await sdr.getByRole('button', { name: /^Import \d+ prospects/ }).click();
  await sdr.getByRole('link', { name: 'See the prospects' }).click();
  await expectAccessible(sdr);

  // Works the first of the queue: they answered on the phone, and are interested.
  await sdr.goto('/today?of=team');
  const name = (await sdr.locator('#panel-title').textContent())!.trim();
  await expectAccessible(sdr);
  await sdr.keyboard.press('i');
  await sdr.getByText(`${name}: Interested.`).waitFor();
  await sdr.goto('/today?of=team');
  await sdr.locator('.queue__name', { hasText: name }).first().click();
  await expect.poll(() => sdr.locator('#panel-title').textContent()).toContain(name);
  await sdr.getByRole('link', { name: /Book a meeting/ }).click();
  await sdr.waitForURL('**/meetings/new*');
  await sdr.getByLabel('Day').fill('2026-03-10');
  await sdr.getByLabel('Time').fill('10:00');
  await sdr.getByRole('button', { name: 'Book the meeting' }).click();
  await sdr.getByText('Meeting booked.').waitFor();

  // After the meeting: it took place, and is claimed against the criteria frozen at booking.
  world.clock.set('2026-03-10T11:00:00Z');
  await sdr.reload();
  await sdr.getByRole('button', { name: 'It took place' }).click();
  await sdr.getByLabel('A budget is identified').check();
  await sdr.getByRole('button', { name: 'Claim as qualified' }).click();
  await sdr.getByText('Claimed: the client can answer now.').waitFor();

  // The client sees it in the portal, and accepts.
  await portal.goto('/');
  await portal.waitForURL('**/portal');
  await expectAccessible(portal);
  await portal.getByRole('button', { name: 'Yes, accept' }).click();
  await portal.getByText('Thank you: the meeting is accepted.').waitFor();

  // The account manager opens the report: a figure opens onto its row, and the files are there.
  world.clock.set('2026-03-12T18:00:00Z');
  await manager.goto(`/clients/${client.id}/report?view=cohort&from=2026-03-01&to=2026-03-31`);
  await expectAccessible(manager);
  await manager.locator('.funnel__stage', { hasText: 'Qualified' }).getByRole('link').first().click();
  await manager.getByRole('link', { name }).waitFor();
  await expectAccessible(manager);
  await manager.goBack();
  for (const format of ['CSV', 'Excel', 'PDF']) {
    const download = manager.waitForEvent('download');
    await manager.getByRole('link', { name: format, exact: true }).click();
    const file = await (await download).path();
    expect(readFileSync(file).length).toBeGreaterThan(500);
  }
});

function onlyClient(): Promise<Client> {
  return stage.world.database.read((db) => db.entities.findOneByOrFail(Client, { name: 'Nordia' }));
}
