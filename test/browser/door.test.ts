import { expect, it } from 'vitest';
import { expectAccessible, onStage } from '../support/chromium.js';
import { PASSWORD } from '../support/world.js';

const stage = onStage();

it('founds the agency on the first visit, signs out and in again', async () => {
  const page = await stage.page();
  await page.goto('/');
  await expectAccessible(page);
  await page.getByLabel('Name of the agency').fill('Agence Épure');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Email').fill('ada@epure.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Language').selectOption('en');
  await page.getByRole('button', { name: 'Create the agency' }).click();
  await page.waitForURL('**/clients');
  await page.context().clearCookies();
  await page.goto('/today');
  await page.waitForURL('**/sign-in?next=*');
  await expectAccessible(page);
  await page.getByLabel('Email').fill('ada@epure.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/today');
  expect(await page.context().cookies()).toContainEqual(
    expect.objectContaining({ name: 'carnet_session', httpOnly: true, sameSite: 'Lax' }),
  );
});
