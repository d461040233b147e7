import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { Clients } from '../../src/clients/clients.service.js';
import { expectAccessible, onStage } from '../support/chromium.js';

const stage = onStage();

async function signedIn(actor: Actor, options: Parameters<typeof stage.page>[0] = {}): Promise<Page> {
  const page = await stage.page(options);
  const session = await stage.world.database.write((tx) =>
    stage.world.get(SignIn).openSession(tx, actor.userId),
  );
  await page.context().addCookies([{ name: 'carnet_session', value: session, url: stage.url }]);
  return page;
}

it('walks between places by keyboard, and says which keys there are', async () => {
  const page = await signedIn(await stage.world.admin());
  await page.goto('/settings/people');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await help.waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForURL('**/clients');
});

it('keeps the clients in the margin while pages change, and marks the open one', async () => {
  const admin = await stage.world.admin();
  const nordia = await stage.world.get(Clients).open(admin, { name: 'Nordia' });
  const page = await signedIn(admin);
  await page.goto('/portfolio');
  const link = page.locator('#client-switcher').getByRole('link', { name: 'Nordia' });
  await link.click();
  await page.waitForURL(`**/clients/${nordia.id}`);
  await expect.poll(() => link.getAttribute('aria-current')).toBe('true');
  await page.getByRole('link', { name: 'Portfolio' }).click();
  await page.waitForURL('**/portfolio');
  await expect.poll(() => link.getAttribute('aria-current')).toBeNull();
});

it('takes an act back with one key while the toast is there', async () => {
  const leaver = await stage.world.person('sdr', [], 'Leaver');
  const page = await signedIn(await stage.world.admin());
  await page.goto(`/settings/people/${leaver.userId}`);
  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByText('Leaver can no longer sign in.').waitFor();
  await page.keyboard.press('u');
  await page.getByText('Leaver can sign in again.').waitFor();
  expect((await stage.world.actorOf(leaver.userId)).name).toBe('Leaver');
});

it('opens the margin from its button on a phone, and wears the theme that was chosen', async () => {
  const page = await signedIn(await stage.world.person('manager'), { width: 390 });
  await page.goto('/me');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Settings' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.locator('main').getByRole('button', { name: 'Dark' }).click();
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
  await expectAccessible(page);
});

it('changes language and signs out without a script', async () => {
  const page = await signedIn(await stage.world.person('sdr'), { javaScriptEnabled: false });
  await page.goto('/me');
  await page.locator('main').getByRole('button', { name: 'Français' }).click();
  await page.getByRole('heading', { name: 'Mon profil' }).waitFor();
  await page.locator('summary', { hasText: 'sdr' }).click();
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await page.waitForURL('**/sign-in');
});
