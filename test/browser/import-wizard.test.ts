import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { plantedList } from '../support/planted-duplicates.js';
import { readyClient } from '../support/stories.js';

const stage = onStage();
const file = (path: string) => ({
  name: path.split('/').at(-1)!,
  mimeType: 'text/csv',
  buffer: readFileSync(new URL(`../imports/${path}`, import.meta.url)),
});

/** An SDR's browser at the imports of a client of their own. */
async function atImports(name: string, options: Parameters<typeof stage.page>[0] = {}): Promise<Page> {
  const { client } = await readyClient(stage.world, name);
  const sdr = await stage.world.person('sdr', [client.id], 'Sam');
  const isFrench = options.locale === 'fr-FR';
  if (isFrench)
    await stage.world.database.write((tx) =>
      tx.entities.update('User', { id: sdr.userId }, { locale: 'fr' }),
    );
  const session = await stage.world.database.write((tx) =>
    stage.world.get(SignIn).openSession(tx, sdr.userId),
  );
  const page = await stage.page(options);
  await page.context().addCookies([{ name: SESSION_COOKIE, value: session, url: stage.url }]);
  await page.goto(`/clients/${client.id}/imports`);
  return page;
}
const shoot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

it('an Apollo file, from the disk to the prospects, the page following by itself', async () => {
  const page = await atImports('Apollon');
  await expectAccessible(page);
  await shoot(page, 'upload');
  await page.setInputFiles('input[type=file]', file('ok/apollo.csv'));
  await page.click('button:has-text("Read the file")');
  await page.waitForSelector('text=What we understood');
  await expectAccessible(page);
  await shoot(page, 'columns');
  await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/preview')),
    page.selectOption('select[name="mapping[c22]"]', '-'),
  ]);
  await page.fill('#listName', 'Salon');
  await page.click('button:has-text("Check before importing")');
  await page.waitForSelector('text=This is what will happen');
  await expectAccessible(page);
  await shoot(page, 'checked');
  await page.click('button:has-text("Import 6 prospects")');
  await page.waitForSelector('text=See the prospects');
  await expectAccessible(page);
  await shoot(page, 'result');
});

it('a French Windows-1252 sheet with rows that cannot come in, on a phone in French', async () => {
  const page = await atImports('Agence', { width: 390, locale: 'fr-FR', colorScheme: 'dark' });
  const sheet = file('ok/french-windows-1252.csv');
  const more = Buffer.from(
    'Sans;Adresse;;;;abc;;;;;;;\r\nJean;DUPONT;;;jean.dupont@dupont-et-fils.example;;;;;;;;\r\n',
    'latin1',
  );
  await page.setInputFiles('input[type=file]', { ...sheet, buffer: Buffer.concat([sheet.buffer, more]) });
  await page.click('form.form button.button--primary');
  await page.waitForSelector('#import-preview');
  await shoot(page, 'columns-phone');
  await expectAccessible(page);
  await page.click('form[action$="/check"] button.button--primary');
  await page.waitForSelector('form[action$="/bring"]');
  await shoot(page, 'checked-phone');
  await page.click('form[action$="/bring"] button');
  await page.waitForSelector('form[action$="/revert"]', { state: 'attached' });
  await expectAccessible(page);
  await shoot(page, 'result-phone');
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(overflow).toBe(0);
});

it.each(['spreadsheet/old.xls', 'not-a-table/plain.csv', 'unclosed-quote/plain.csv', 'zip-bomb/blanks.xlsx'])(
  'a broken file (%s): the same page says what is wrong',
  async (name) => {
    const page = await atImports(`Cassé ${name}`);
    await page.setInputFiles('input[type=file]', file(`not-ok/${name}`));
    await page.click('button:has-text("Read the file")');
    await page.waitForSelector('text=This file cannot be imported');
    await expectAccessible(page);
    await shoot(page, `refused-${name.replace('/', '-')}`);
  },
);

it('a workbook: its first sheet with a table is read, another one can be tried, and six people come in', async () => {
  const page = await atImports('Classeur');
  await page.setInputFiles('input[type=file]', file('ok/french-sheet.xlsx'));
  await page.click('button:has-text("Read the file")');
  await page.waitForSelector('text=What we understood');
  await expectAccessible(page);
  await shoot(page, 'workbook');
  expect(await page.inputValue('select[name=sheet]')).toBe('Contacts');
  await page.selectOption('select[name=sheet]', 'Lisez-moi');
  await page.click('button:has-text("Read this one")');
  await page.waitForSelector('text=This file is not a table');
  await expectAccessible(page);
  await page.click('button:has-text("Check before importing")');
  await page.waitForSelector('text=This is what will happen');
  await page.click('button:has-text("Import 6 prospects")');
  await page.waitForSelector('text=See the prospects');
});

it('a long import is stopped from its page, which says what stays and offers to take it back', async () => {
  const page = await atImports('Arrêtée');
  const { text } = plantedList(8_000);
  await page.setInputFiles('input[type=file]', {
    name: 'achat.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  });
  await page.click('button:has-text("Read the file")');
  await page.click('button:has-text("Check before importing")');
  await page.waitForSelector('text=This is what will happen', { timeout: 90_000 });
  await page.click('form[action$="/bring"] button');
  await page.waitForSelector('form[action$="/cancel"]');
  await expectAccessible(page);
  await shoot(page, 'progress');
  await page.click('form[action$="/cancel"] button');
  await page.waitForSelector('text=Import stopped');
  // The page is whole: what follows the progress by itself takes its own part only.
  await page.waitForSelector('h1:has-text("achat.csv")');
  await expectAccessible(page);
  await shoot(page, 'stopped');
  await page.click('summary:has-text("Take this import back")');
  await page.click('form[action$="/revert"] button');
  await page.waitForSelector('text=Import taken back', { timeout: 90_000 });
  await shoot(page, 'taken-back');
});
