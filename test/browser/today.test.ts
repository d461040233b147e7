import { beforeAll, expect, it } from 'vitest';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { enrolmentOf, liveSequence, reachable, type SequenceCast } from '../support/sequence-stories.js';
import { panelIsSeen } from '../support/today-panel.js';

const stage = onStage();
const names = ['Ada', 'Bea', 'Cleo', 'Dora', 'Elsa', 'Fanny'];
let cast: SequenceCast;
let people: string[];

beforeAll(async () => {
  const { world } = stage;
  world.clock.set('2027-01-11T09:00:00Z');
  cast = await liveSequence(world, 'Nordia');
  people = [];
  for (const firstName of names) {
    people.push(
      await reachable(world, cast.client.id, { firstName, lastName: 'Roux', fullName: `${firstName} Roux` }),
    );
  }
  await world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, people);
});

const signedIn = async (options: Parameters<typeof stage.page>[0] = {}): ReturnType<typeof stage.page> => {
  const { world } = stage;
  const value = await world.database.write((tx) => world.get(SignIn).openSession(tx, cast.sdr.userId));
  const page = await stage.page(options);
  await page.context().addCookies([{ name: 'carnet_session', value, url: stage.url }]);
  return page;
};

const touches = (): Promise<number> => stage.world.database.read((db) => db.entities.count(Touch));

it('an SDR works the queue by keyboard alone, and the page is never loaded again', async () => {
  const page = await signedIn();
  await page.goto('/today');
  await expectAccessible(page);
  await page.evaluate(() => ((window as { isSame?: boolean }).isSame = true));
  const title = page.locator('#panel-title');
  const first = await title.textContent();

  await page.keyboard.press('m');
  await page.keyboard.type('Bonne accroche');
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await page.getByText(`${first}: Email sent.`).waitFor();
  expect(await title.textContent()).not.toBe(first);
  expect(await touches()).toBe(1);

  await panelIsSeen(page);
  await page.keyboard.press('u');
  await page.getByText('Taken back.').waitFor();
  expect(await title.textContent()).toBe(first);
  expect(await touches()).toBe(0);

  const before = await title.textContent();
  await page.keyboard.press('j');
  await expect.poll(() => title.textContent()).not.toBe(before);
  await page.keyboard.press('k');
  await expect.poll(() => title.textContent()).toBe(before);

  await page.keyboard.press('l');
  await page.getByText('Which day to call back?').waitFor();
  await expectAccessible(page);
  await panelIsSeen(page);
  await page.keyboard.press('Enter');
  await page.getByText(`${first}: Call back later.`).waitFor();
  await panelIsSeen(page);
  await page.keyboard.press('i');
  await page.getByText(': Interested.').waitFor();

  await page.keyboard.press('?');
  await page.locator('#keyboard-help').getByText('Write a note').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => (window as { isSame?: boolean }).isSame)).toBe(true);
});

it('a note being written survives a walk through the queue', async () => {
  const page = await signedIn();
  await page.goto(`/today?item=${people[4]}`);
  await page.locator('#note').fill('À ne pas perdre');
  await page.keyboard.press('Escape');
  await page.keyboard.press('k');
  await expect.poll(() => page.locator('#note').inputValue()).toBe('');
  await page.keyboard.press('j');
  await expect.poll(() => page.locator('#note').inputValue()).toBe('À ne pas perdre');
});

it('Escape gives the keyboard back: from the note to the person in the queue, from a menu to what opened it', async () => {
  const page = await signedIn();
  await page.goto(`/today?item=${people[4]}`);
  const focused = (selector: string) =>
    page.evaluate((one) => document.activeElement?.matches(one), selector);
  await page.keyboard.press('m');
  await page.keyboard.press('Escape');
  expect(await focused('.queue__link[aria-current="true"]')).toBe(true);
  const summary = 'summary[data-key="l"]';
  await page.keyboard.press('l');
  expect(await focused('.menu__item')).toBe(true);
  await page.keyboard.press('Escape');
  expect(await focused(summary)).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('#day').focus();
  await page.keyboard.press('Escape');
  expect(await focused(summary)).toBe(true);
  expect(await page.locator('details.menu[open]').count()).toBe(0);
});

it('whoever goes back sees the day as it is: what is done is not due again', async () => {
  const page = await signedIn();
  await page.goto(`/today?item=${people[3]}`);
  await page.keyboard.press('s');
  await page.getByText('Dora Roux: Email sent.').waitFor();
  const [title, sent] = [page.locator('#panel-title'), page.locator('#panel [data-key="s"]')];
  await page.goBack();
  await expect.poll(() => title.textContent()).toBe('Dora Roux');
  await expect.poll(() => sent.count()).toBe(0);
  // So it is from another page, which htmx draws in place of this one.
  await page.locator('.nav').getByRole('link', { name: 'Meetings' }).click();
  await page.waitForURL('**/meetings');
  await page.goBack();
  await expect.poll(() => title.textContent()).toBe('Dora Roux');
  expect(await sent.count()).toBe(0);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.waitForURL('**/inbox');
  // An SDR's portfolio is no place to go to.
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL('**/today');
});

it('without scripts every outcome is a form that works', async () => {
  const page = await signedIn({ javaScriptEnabled: false });
  await page.goto(`/today?item=${people[5]}`);
  await page.getByRole('button', { name: 'Sent' }).click();
  await page.getByText('Fanny Roux: Email sent.').waitFor();
  expect((await enrolmentOf(stage.world, people[5]!)).nextPosition).toBe(2);
});

it('fits a phone: the queue, then the person, and back', async () => {
  const page = await signedIn({ width: 390 });
  await page.goto('/today');
  await page.locator('.queue__link').first().click();
  await page.getByRole('link', { name: 'Back to the queue' }).click();
  await page.locator('.queue__link').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

it('the pages of a sequence are accessible, and the preview follows the typing', async () => {
  const page = await signedIn();
  const address = `/sequences/${cast.sequence.sequence.id}`;
  for (const path of [
    address,
    `${address}/enrol?check=1`,
    `${address}/people`,
    `/clients/${cast.client.id}/sequences`,
  ]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await page.goto(`${address}/edit`);
  await expectAccessible(page);
  await page.getByLabel('Subject').first().fill('Un mot pour {{lastName}}');
  await page.locator('#preview').getByText('Un mot pour Roux').waitFor();
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByText('Step 5', { exact: true }).waitFor();
});
