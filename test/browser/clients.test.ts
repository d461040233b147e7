import { expect, it } from 'vitest';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { Clients } from '../../src/clients/clients.service.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { readyClient } from '../support/stories.js';

const stage = onStage();

const signedIn = async (options: Parameters<typeof stage.page>[0] = {}): ReturnType<typeof stage.page> => {
  const { world } = stage;
  const { userId } = await world.admin();
  const value = await world.database.write((tx) => world.get(SignIn).openSession(tx, userId));
  const page = await stage.page(options);
  await page.context().addCookies([{ name: 'carnet_session', value, url: stage.url }]);
  return page;
};

it('a manager sets up a client: engagement, ICP with a looked-up NAF code, contact', async () => {
  const page = await signedIn();
  await page.goto('/clients');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'New client' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('Nordia');
  await page.getByLabel('Website').fill('nordia.fr');
  await page.getByRole('button', { name: 'Create client' }).click();
  await page.getByRole('heading', { name: 'Next: the engagement' }).waitFor();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Define the engagement' }).first().click();
  await page.getByLabel('Monthly retainer').fill('3500');
  await page.getByLabel('Fee per meeting').fill('250');
  await page.getByLabel('Qualified meetings').fill('5');
  await page.getByLabel('Qualification criteria').fill('A budget is identified');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save engagement' }).click();
  // 3,500 + 5 × 250 = 4,750 a month on target.
  await page.getByText('€4,750').waitFor();

  await page.getByRole('link', { name: 'Describe the ICP' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Heads of sales');
  await page.getByLabel('Find a NAF code').pressSequentially('programmation');
  await page.getByRole('button', { name: '62.01Z' }).click();
  expect(await page.getByLabel('NAF codes').first().inputValue()).toBe('62.01Z');
  await page.getByLabel('Sales', { exact: true }).check();
  await page.getByLabel('Headcount from').fill('50');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save ICP' }).click();
  await page.getByText('62.01Z Programmation informatique').waitFor();

  await page.getByRole('link', { name: 'Nordia' }).click();
  await page.getByRole('link', { name: 'Add a contact' }).click();
  await page.getByLabel('Name').fill('Hélène Hôte');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Hélène Hôte is added.').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('heading', { name: 'Next: the prospects' }).waitFor();
});

it('an example prospect is judged while it is typed', async () => {
  const { client, icp } = await readyClient(stage.world, 'Judged');
  const page = await signedIn();
  await page.goto(`/clients/${client.id}/icps/${icp.icp.id}`);
  await page.getByLabel('Job title').pressSequentially('Directrice des ventes');
  await page.locator('#verdict [data-status="unknown"]').waitFor();
  await page.getByLabel('NAF code').pressSequentially('6201Z');
  await page.getByLabel('Headcount').pressSequentially('120');
  await page.getByLabel('Country').pressSequentially('France');
  await page.locator('#verdict [data-status="fit"]').waitFor();
  await page.getByLabel('Web domain').pressSequentially('concurrent.fr');
  await page.locator('#verdict [data-status="unfit"]').waitFor();
  await expectAccessible(page);
});

it('without a script the same example is judged by a button', async () => {
  const { client, icp } = await readyClient(stage.world, 'Plain');
  const page = await signedIn({ javaScriptEnabled: false });
  await page.goto(`/clients/${client.id}/icps/${icp.icp.id}`);
  await page.getByLabel('Job title').fill('Comptable');
  await page.getByRole('button', { name: 'Judge' }).click();
  await page.locator('#verdict [data-status="unfit"]').waitFor();
});

it('Enter in the search for a NAF code, or its button, answers in place and leaves the form as it is', async () => {
  const client = await stage.world.get(Clients).open(await stage.world.admin(), { name: 'Codes' });
  const page = await signedIn();
  await page.goto(`/clients/${client.id}/icps/new`);
  await page.getByLabel('Name', { exact: true }).fill('Directeurs');
  const search = page.locator('#naf-q');
  for (const act of [() => search.press('Enter'), () => page.locator('button[form="naf-search"]').click()]) {
    await search.fill('programmation');
    await act();
    await page.locator('#naf-results').getByText('62.01Z').waitFor();
    expect(page.url()).toContain('/icps/new');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Directeurs');
  }
  expect(page.context().pages()).toHaveLength(1);
});
