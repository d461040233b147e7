import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectAccessible, onStage } from '../support/chromium.js';
import { reachable } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';

const stage = onStage();
const SOON = { timeout: 5000 };

/** The editor of a new sequence with its first step, and somebody to read it. */
async function blankEditor(options: Parameters<typeof stage.page>[0] = {}): Promise<Page> {
  const { client } = await readyClient(stage.world, `Nordia ${Math.random()}`);
  await reachable(stage.world, client.id, { lastName: 'Vasseur' });
  const page = await stage.pageOf(await stage.world.admin(), options);
  await page.goto(`/clients/${client.id}/sequences/new`);
  return page;
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');
const steps = (page: Page) => page.locator('fieldset[id^="step-"]');

/** Answers of the editor take this long from now on. */
async function slowly(page: Page, milliseconds: number): Promise<void> {
  await page.route('**/sequences', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await route.continue();
  });
}

it('adds as many steps as “Add a step” was clicked, however fast, and keeps what is typed meanwhile', async () => {
  const page = await blankEditor();
  await slowly(page, 300);
  await page.getByLabel('Subject').fill('Your lines');
  await page.getByRole('button', { name: 'Add a step' }).dblclick();
  await page.getByLabel('Message', { exact: true }).first().fill('Typed while the step was on its way');
  await expect.poll(() => steps(page).count(), SOON).toBe(3);
  expect(await page.getByLabel('Subject').first().inputValue()).toBe('Your lines');
  expect(await page.getByLabel('Message', { exact: true }).first().inputValue()).toBe(
    'Typed while the step was on its way',
  );
  expect(await page.getByLabel('Day').nth(2).inputValue()).toBe('6');
});

it('adds two variants for two quick clicks, moves a step twice, and removes but one for a double click', async () => {
  const page = await blankEditor();
  await slowly(page, 150);
  await page.getByRole('button', { name: 'Add a variant' }).dblclick();
  await expect.poll(() => page.getByLabel('Message', { exact: true }).count(), SOON).toBe(3);
  await page.getByRole('button', { name: 'Add a step' }).dblclick();
  await expect.poll(() => steps(page).count(), SOON).toBe(3);
  await page.locator('[id="steps.2.variants.0.body"]').fill('The last one');
  await page.getByRole('button', { name: 'Move step 3 up' }).dblclick();
  await expect
    .poll(() => page.locator('[id="steps.0.variants.0.body"]').inputValue(), SOON)
    .toBe('The last one');
  expect(await focused(page)).toBe('steps.0.down');
  await page.getByRole('button', { name: 'Remove step 3' }).dblclick();
  await expect.poll(() => steps(page).count(), SOON).toBe(2);
  await page.waitForTimeout(400);
  expect(await steps(page).count()).toBe(2);
});

it('a save clicked before a new step has come waits for it', async () => {
  const page = await blankEditor();
  await slowly(page, 300);
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Spring');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.field__error').first().waitFor();
  expect(await steps(page).count()).toBe(2);
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Spring');
});

it.each([true, false])(
  'the keyboard goes on in what a button made (scripts: %s), and it is said',
  async (javaScriptEnabled) => {
    const page = await blankEditor({ javaScriptEnabled });
    const said = (text: string) =>
      page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Add a step' }).click();
    await expect.poll(() => focused(page), SOON).toBe('steps.1.day');
    await said('Step 2 is added.');
    await page.getByRole('button', { name: 'Add a variant' }).nth(1).click();
    await expect.poll(() => focused(page), SOON).toBe('steps.1.variants.1.subject');
    await said('Variant B is added to step 2.');
    await page.getByRole('button', { name: 'Remove variant A' }).click();
    await expect.poll(() => focused(page), SOON).toBe('steps.1.variants.0.subject');
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('button', { name: 'Move step 3 up' }).click();
    await expect.poll(() => focused(page), SOON).toBe('steps.1.up');
    await said('Step 3 is now step 2.');
    await page.getByRole('button', { name: 'Move step 2 down' }).click();
    await expect.poll(() => focused(page), SOON).toBe('steps.2.up');
    await page.getByRole('button', { name: 'Remove step 3' }).click();
    await expect.poll(() => focused(page), SOON).toBe('steps.1.day');
    await said('Step 3 is removed.');
    if (javaScriptEnabled) await expectAccessible(page);
  },
);

it('a refused save says what is wrong above the form, with a link to each field, and leaves whoever mends it alone', async () => {
  const page = await blankEditor();
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.locator('[id="steps.1.day"]').fill('abc');
  await page.getByRole('textbox', { name: 'Name' }).fill('Spring');
  await page.getByLabel('Subject').first().fill('Your lines');
  await page.getByLabel('Message', { exact: true }).first().fill('Hello {{firstName');
  await page.getByRole('button', { name: 'Save' }).click();
  const summary = page.locator('.error-summary');
  await expect.poll(() => summary.evaluate((node) => node === document.activeElement), SOON).toBe(true);
  await expectAccessible(page);
  await summary.getByRole('link', { name: 'Step 2, Day: This must be a whole number.' }).click();
  expect(await focused(page)).toBe('steps.1.day');
  await page.keyboard.type('3');
  // The preview is drawn anew under the writer's hands.
  const drawn = page.waitForResponse(/sequences\/preview/);
  await page.keyboard.press('Backspace');
  await drawn;
  await page.waitForTimeout(200);
  expect(await focused(page)).toBe('steps.1.day');
});

it('the preview says what is wrong with braces that do not close, and in which line', async () => {
  const page = await blankEditor();
  await page.getByLabel('Subject').fill('Your lines');
  await page.getByLabel('Message', { exact: true }).fill('Hello,\n{{firstName');
  await page
    .locator('#preview li')
    .getByText('Line 2: the braces do not close as they should.')
    .nth(1)
    .waitFor();
  expect(await page.locator('#preview').getByText('No text yet').count()).toBe(0);
});

it('what was saved meanwhile, in another tab or before a step back, is not written over', async () => {
  const page = await blankEditor();
  const text = (tab: Page) => tab.getByLabel('Message', { exact: true });
  const save = (tab: Page) => tab.locator('.form__actions button').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Spring');
  await page.getByLabel('Subject').fill('Your lines');
  await text(page).fill('First words');
  await save(page);
  await page.getByText('“Spring” is saved.').waitFor();
  await page.getByRole('link', { name: 'Edit the steps' }).first().click();
  await text(page).waitFor();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await text(page).fill('Second words');
  await save(page);
  await page.getByText('“Spring” is saved.').waitFor();

  await text(other).fill('Words of another tab');
  await save(other);
  await other.locator('.error-summary', { hasText: 'Somebody else saved a newer version' }).waitFor();
  expect(await text(other).inputValue()).toBe('Words of another tab');

  await page.goBack();
  await expect.poll(() => text(page).inputValue(), SOON).toBe('Second words');
});
