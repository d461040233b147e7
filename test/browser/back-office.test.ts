import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { DuplicateSearches } from '../../src/prospects/merge/duplicate-search.service.js';
import { Prospects } from '../../src/prospects/prospects.service.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { Dovecot, IMAP_PASSWORD, missingDovecot } from '../support/dovecot.js';
import { addressee, engineCast, enrolAll, storyMailer, tickAt } from '../support/engine-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { SMTP_PASSWORD, SmtpSink } from '../support/smtp-sink.js';
import { readyClient } from '../support/stories.js';

const stage = onStage();
const missing = missingDovecot();
let sink: SmtpSink;
let dovecot: Dovecot | null = null;
let admin: Actor;

beforeAll(async () => {
  sink = await SmtpSink.start();
  dovecot = missing ? null : await Dovecot.start();
  admin = await stage.world.admin();
});
afterAll(() => Promise.all([sink?.stop(), dovecot?.stop()]));

it.skipIf(missing)(
  'a mailbox is set up: a refused password is told at its field, then it sends and reads',
  async () => {
    const { client } = await readyClient(stage.world, 'Avec boîte');
    const page = await stage.pageOf(admin);
    await page.goto(`/settings/mailboxes/new?preset=custom&client=${client.id}`);
    await page.getByLabel('Email address').fill('lea@ecrire.example');
    await page.getByLabel('Sender’s name').fill('Léa Martin');
    const server = async (legend: string, port: number, password: string): Promise<void> => {
      const group = page.getByRole('group', { name: legend });
      await group.getByLabel('Server').fill('127.0.0.1');
      await group.getByLabel('Port').fill(String(port));
      await group.getByLabel('Encryption').selectOption('none');
      await group.getByLabel('Password').fill(password);
    };
    await server('Sending (SMTP)', sink.port, 'not this one');
    await server('Reading (IMAP)', dovecot!.port, IMAP_PASSWORD);
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.locator('.field.is-invalid').first().waitFor();
    await expectAccessible(page);

    await server('Sending (SMTP)', sink.port, SMTP_PASSWORD);
    await server('Reading (IMAP)', dovecot!.port, IMAP_PASSWORD);
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByText('lea@ecrire.example added: it can send and read.').waitFor();
    await page.getByRole('heading', { name: 'How it is doing' }).waitFor();
    await page.locator('main .badge', { hasText: 'Active' }).waitFor();
    await page.getByText('0 of 10', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused by a person').waitFor();
    await page.getByRole('button', { name: 'Let it send again' }).click();
    await page.locator('main .badge', { hasText: 'Active' }).waitFor();
    // Testing signs in and says goodbye: nothing was written to anybody.
    expect(sink.caught).toEqual([]);
  },
);

it('the outbox says what waits and why, and what has gone with its words', async () => {
  const { world } = stage;
  storyMailer(world);
  world.clock.set('2026-11-03T09:00:00Z');
  const cast = await engineCast(world, 'Boîte d’envoi');
  await enrolAll(world, cast, [
    await addressee(world, cast.client.id, { fullName: 'Ada First' }),
    await addressee(world, cast.client.id, { fullName: 'Bea Second' }),
  ]);
  await tickAt(world, '2026-11-03T09:00:10Z');
  const page = await stage.pageOf(await world.person('sdr', [cast.client.id], 'Sam'));
  await page.goto(`/clients/${cast.client.id}/outbox`);
  await page.getByText(/^Messages are spaced out: not before .*2026/).waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Gone 1' }).click();
  await page.getByText(`Sent from ${cast.mailbox.address}`).waitFor();
  await page.locator('summary', { hasText: 'Bonjour Claire' }).click();
  await page.getByText('Bonjour Claire, message 1 pour').waitFor();
  await expectAccessible(page);
});

it('two who look alike are merged by keyboard, and parted again', async () => {
  const { world } = stage;
  const { client } = await readyClient(world, 'Doubles');
  const claire = { firstName: 'Claire', lastName: 'Vasseur', companyName: 'Roux' };
  await prospectOf(world, client.id, { ...claire, email: 'claire.vasseur@roux.fr', title: 'Directrice' });
  await prospectOf(world, client.id, { ...claire, email: 'cvasseur@roux.fr', title: 'DG' });
  await world.get(DuplicateSearches).begin(admin, client.id);
  await world.get(DuplicateSearches).finished(client.id);
  const page = await stage.pageOf(admin);
  await page.goto(`/clients/${client.id}/duplicates`);
  await page.getByText('two spellings of one address').first().waitFor();
  await page.getByLabel('DG', { exact: true }).check();
  await expectAccessible(page);
  await page.keyboard.press('m');
  await page.getByText('Merged into one.').waitFor();
  await page.keyboard.press('u');
  await page.getByText('The merge is undone: they are two again.').waitFor();
  await page.goto(`/clients/${client.id}/prospects`);
  await expect.poll(() => page.getByRole('link', { name: 'Claire Vasseur' }).count()).toBe(2);
});

it('an ICP is tried: its figures open the very people, with what speaks against each', async () => {
  const { world } = stage;
  const { client } = await readyClient(world, 'À l’essai');
  const directrice = { title: 'Directrice commerciale', industry: 'Logiciels', country: 'FR' };
  for (const one of [
    { firstName: 'Ana', lastName: 'Fit', headcount: '120', companyName: 'Acme', email: 'ana@acme.fr' },
    { firstName: 'Tia', lastName: 'Tiny', headcount: '2', companyName: 'Petit', email: 'tia@petit.fr' },
  ])
    await world.get(Prospects).add(admin, client.id, { ...directrice, ...one });
  const page = await stage.pageOf(admin);
  await page.goto(`/clients/${client.id}/icp-trials`);
  await page.getByRole('button', { name: 'Judge' }).click();
  await page.getByRole('heading', { name: 'What separates fit from unfit' }).waitFor();
  await expectAccessible(page);
  await page.locator('.tile', { hasText: 'Unfit' }).click();
  await page.getByRole('link', { name: 'Tia Tiny' }).waitFor();
  expect(await page.getByRole('link', { name: 'Ana Fit' }).count()).toBe(0);
  await page.getByRole('cell', { name: /Headcount/ }).waitFor();
  await expectAccessible(page);
});
