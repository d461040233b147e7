import { beforeAll, expect, it } from 'vitest';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { AnswerTemplates } from '../../src/outreach/outgoing/answer-templates.service.js';
import { ReplyConsequences } from '../../src/sequences/replies/reply-consequences.service.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { TodayQueries } from '../../src/sequences/today/today.queries.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { mailIn } from '../support/cockpit-stories.js';
import { mailboxOf, mailsTo, prospectNow, storyMailer } from '../support/engine-stories.js';
import { liveSequence, reachable, type SequenceCast } from '../support/sequence-stories.js';
import { panelIsSeen } from '../support/today-panel.js';

/*
 * An SDR's hour, by keyboard alone: replies understood and answered, callbacks, calls, invitations, new people. The
 * mouse is never touched and no page is loaded after the first.
 */

const stage = onStage();
const MONDAY = '2027-01-11T09:00:00Z';
const CALLS = {
  name: 'Appels',
  steps: [
    { day: 0, channel: 'call' as const, variants: [{ body: 'Demander le planning.' }] },
    { day: 1, channel: 'linkedin_invite' as const, variants: [{ body: 'Ravi, {{firstName}}.' }] },
  ],
};
let cast: SequenceCast;

const signedIn = async (actor = cast.sdr): ReturnType<typeof stage.page> => {
  const { world } = stage;
  const value = await world.database.write((tx) => world.get(SignIn).openSession(tx, actor.userId));
  const page = await stage.page();
  await page.context().addCookies([{ name: 'carnet_session', value, url: stage.url }]);
  return page;
};

const named = (kind: string, n: number) => ({
  firstName: kind,
  lastName: `Nº${n}`,
  fullName: `${kind} Nº${n}`,
});

beforeAll(async () => {
  const { world } = stage;
  world.clock.set(MONDAY);
  cast = await liveSequence(world, 'Nordia', CALLS);
  const { client, sdr } = cast;
  storyMailer(world);
  const mailbox = await mailboxOf(world, client.id);
  await world.get(AnswerTemplates).add(await world.admin(), {
    name: 'Deux créneaux',
    locale: 'fr',
    body: 'Bonjour {{firstName}}, jeudi 10 h ou vendredi 14 h ?',
  });
  for (let n = 1; n <= 8; n += 1) {
    const prospectId = await reachable(world, client.id, { ...named('Réponse', n), status: 'in_sequence' });
    const machineClass = n % 2 === 0 ? 'objection' : 'interested';
    const text = `Mot ${n}`;
    const id = await mailIn(world, mailbox, {
      prospectId,
      machineClass,
      text,
      receivedAt: new Date('2027-01-11T08:00:00Z'),
      html: `<p>Mot <b>${n}</b></p>`,
    });
    await world.get(ReplyConsequences).act(id);
  }
  for (let n = 1; n <= 4; n += 1)
    await reachable(world, client.id, { ...named('Rappel', n), status: 'later', statusUntil: '2027-01-11' });
  const called: string[] = [];
  for (let n = 1; n <= 12; n += 1) called.push(await reachable(world, client.id, named('Appel', n)));
  await world.get(Enrolments).enrol(sdr, cast.sequence.sequence.id, called);
  for (let n = 1; n <= 8; n += 1)
    await reachable(world, client.id, { ...named('Neuf', n), fit: 'fit', fitScore: 90 - n });
});

it('thirty people are dealt with without the mouse, and the page is never loaded again', async () => {
  const { world } = stage;
  const page = await signedIn();
  await page.goto('/today');
  await page.evaluate(() => ((window as { isSame?: boolean }).isSame = true));
  const title = page.locator('#panel-title');
  const dealtWith: string[] = [];

  /** Presses keys on the person open; the next one is open when it returns. */
  const deal = async (...keys: string[]): Promise<string> => {
    const name = (await title.textContent())!;
    dealtWith.push(name);
    await panelIsSeen(page);
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForFunction(
      (before) => document.querySelector('#panel-title')?.textContent !== before,
      name,
    );
    return name;
  };

  // Replies: interested ones first. The first is answered from a ready text, in the same thread.
  await expectAccessible(page);
  await page.locator('#triage').getByText('Mot 1').waitFor();
  const answered = (await title.textContent())!;
  await page.keyboard.press('a');
  await page.keyboard.type('Merci, jeudi 10 h ?');
  await page.keyboard.press('Control+Enter');
  await page.getByText(`${answered}: answered.`).waitFor();
  dealtWith.push(answered);
  await deal('i');
  // A slip of the finger, taken back.
  const slipped = await deal('r');
  await panelIsSeen(page);
  await page.keyboard.press('u');
  await page.getByText('Taken back.').waitFor();
  expect(await title.textContent()).toBe(slipped);
  dealtWith.pop();
  await deal('i');
  // Later: the first day offered.
  await deal('l', 'Enter');
  for (let n = 0; n < 4; n += 1) await deal('q');

  // Interested and objecting people wait for an answer: they are still there, and are walked past.
  while (!(await title.textContent())!.startsWith('Rappel'))
    await page.keyboard.press('j').then(() => page.waitForTimeout(60));
  for (let n = 0; n < 4; n += 1) await deal('i');
  while (!(await title.textContent())!.startsWith('Appel'))
    await page.keyboard.press('j').then(() => page.waitForTimeout(60));

  // Calls: a note, then the outcome.
  await page.keyboard.press('m');
  await page.keyboard.type('Standard fermé');
  await page.keyboard.press('Escape');
  await deal('n');
  for (let n = 0; n < 6; n += 1) await deal('v');
  for (let n = 0; n < 5; n += 1) await deal('n');

  // New people.
  while (!(await title.textContent())!.startsWith('Neuf'))
    await page.keyboard.press('j').then(() => page.waitForTimeout(60));
  for (let n = 0; n < 6; n += 1) await deal('h');

  expect(new Set(dealtWith).size).toBeGreaterThanOrEqual(30);
  expect(await page.evaluate(() => (window as { isSame?: boolean }).isSame)).toBe(true);
  const { counts } = await world.get(TodayQueries).queue(cast.sdr, 'mine');
  expect(counts.task).toBe(0);
}, 120_000);

it('the answer left from the same mailbox, in the same thread, and its writer is waited for no longer', async () => {
  const { world } = stage;
  const { items } = await world.get(TodayQueries).queue(cast.sdr, 'mine');
  expect(items.map(({ fullName }) => fullName)).not.toContain('Réponse Nº1');
  const first = await world.database.read((db) =>
    db.entities.findOneByOrFail(Prospect, { fullName: 'Réponse Nº1' }),
  );
  const [mail] = await mailsTo(world, first.id);
  expect(mail).toMatchObject({ state: 'sent', text: 'Merci, jeudi 10 h ?', subject: 'Re: Bonjour' });
  expect((await prospectNow(world, first.id)).status).toBe('interested');
});

it('two SDRs are never on one person: the second is told, and takes the next', async () => {
  const { world } = stage;
  const [one, two] = [await signedIn(cast.sdr), await signedIn(cast.other)];
  await one.goto('/today');
  const name = (await one.locator('#panel-title').textContent())!;
  await two.goto('/today');
  expect(await two.locator('#panel-title').textContent()).not.toBe(name);
  const held = two.locator('.queue__item[data-held]').first();
  await held.getByText('Sami Sdr is on it.').waitFor();
  await held.locator('a').focus();
  await two.keyboard.press('Enter');
  await two.locator('[data-held].callout').getByText('Sami Sdr is on it').waitFor();
  expect(await two.locator('#deed').count()).toBe(0);
  await expectAccessible(two);
  // The first closes the page: the person is free.
  await one.close();
  await expect
    .poll(async () => {
      await two.reload();
      return two.locator('#deed').count();
    })
    .toBe(1);
  expect(world.clock.now()).toBeInstanceOf(Date);
});

it('a note begun is there after a reload, in another tab, and on another machine', async () => {
  const page = await signedIn();
  await page.goto('/today');
  const address = page.url();
  const id = await page.locator('#deed').getAttribute('data-draft');
  await page.keyboard.press('m');
  const saved = page.waitForResponse((answer) => answer.url().includes('/today/drafts/'));
  await page.keyboard.type('Rappeler après le salon');
  expect((await saved).status()).toBe(204);
  await page.reload();
  await page.goto(`/today?item=${id}`);
  await expect.poll(() => page.locator('#note').inputValue()).toBe('Rappeler après le salon');
  const elsewhere = await signedIn();
  await elsewhere.goto(`/today?item=${id}`);
  await expect.poll(() => elsewhere.locator('#note').inputValue()).toBe('Rappeler après le salon');
  expect(address).toContain('/today');
  await elsewhere.keyboard.press('m');
  await elsewhere.keyboard.press('Escape');
  await elsewhere.getByRole('button', { name: 'Save note' }).press('Enter');
  await elsewhere.getByText('Note added').first().waitFor();
  await expect.poll(() => elsewhere.locator('#note').inputValue()).toBe('');
});

it('the inbox, the overdue page and the settings of answers are accessible', async () => {
  const page = await signedIn();
  for (const path of ['/inbox', '/today/overdue']) {
    await page.goto(path);
    await expectAccessible(page);
  }
  const boss = await signedIn(await stage.world.admin());
  for (const path of ['/settings/answers', '/settings/pace']) {
    await boss.goto(path);
    await expectAccessible(boss);
  }
});
