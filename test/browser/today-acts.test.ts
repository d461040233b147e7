import { beforeAll, beforeEach, expect, it } from 'vitest';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import { onStage } from '../support/chromium.js';
import { liveSequence, reachable, type SequenceCast } from '../support/sequence-stories.js';
import { panelIsSeen } from '../support/today-panel.js';

/* Fingers slip: what is pressed falls on the person who was on screen, and goes back step by step. */

const stage = onStage();
const CALLS = {
  name: 'Appels',
  steps: [{ day: 0, channel: 'call' as const, variants: [{ body: 'Demander le planning.' }] }],
};
let cast: SequenceCast;
let count = 0;

beforeAll(async () => {
  stage.world.clock.set('2027-01-11T09:00:00Z');
  cast = await liveSequence(stage.world, 'Nordia', CALLS);
});

beforeEach(async () => {
  const { world } = stage;
  const people: string[] = [];
  for (let n = 0; n < 8; n += 1) {
    count += 1;
    const name = { firstName: 'Ada', lastName: `Nº${count}`, fullName: `Ada Nº${count}` };
    people.push(await reachable(world, cast.client.id, name));
  }
  await world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, people);
});

const touches = (): Promise<number> => stage.world.database.read((db) => db.entities.count(Touch));

it('a letter pressed twice acts once, whatever is open by then; so does a button clicked twice', async () => {
  const page = await stage.pageOf(cast.sdr);
  await page.goto('/today');
  for (const pause of [0, 40, 80, 120, 250]) {
    const before = await touches();
    await panelIsSeen(page);
    await page.keyboard.press('n');
    await page.waitForTimeout(pause);
    await page.keyboard.press('n');
    await page.waitForTimeout(300);
    expect(await touches(), `${pause} ms apart`).toBe(before + 1);
  }
  const before = await touches();
  await panelIsSeen(page);
  const button = (await page.locator('#panel [data-key="n"]').boundingBox())!;
  await page.mouse.dblclick(button.x + 5, button.y + 5, { delay: 30 });
  await page.waitForTimeout(300);
  expect(await touches()).toBe(before + 1);
});

it('each u goes one act further back, then there is nothing left, and it is said', async () => {
  const page = await stage.pageOf(cast.sdr);
  await page.goto('/today');
  const [title, before] = [page.locator('#panel-title'), await touches()];
  const seen: (string | null)[] = [];
  for (let n = 0; n < 2; n += 1) {
    await panelIsSeen(page);
    seen.push(await title.textContent());
    await page.keyboard.press('n');
    await expect.poll(() => title.textContent()).not.toBe(seen[n]);
  }
  for (const name of seen.reverse()) {
    await panelIsSeen(page);
    await page.keyboard.press('u');
    await expect.poll(() => title.textContent()).toBe(name);
  }
  expect(await touches()).toBe(before);
  await panelIsSeen(page);
  await page.keyboard.press('u');
  await page.getByText('Nothing more to undo').waitFor();
});

it('a slip is taken back as soon as it is noticed: u right after the letter is about that act', async () => {
  const page = await stage.pageOf(cast.sdr);
  await page.goto('/today');
  const title = page.locator('#panel-title');
  for (const pause of [0, 20, 60, 150, 300, 700]) {
    const before = await touches();
    await panelIsSeen(page);
    const name = await title.textContent();
    const back = page.waitForResponse((answer) => answer.url().includes('/today/undo/'));
    await page.keyboard.press('n');
    await page.waitForTimeout(pause);
    await page.keyboard.press('u');
    await back;
    await expect.poll(() => title.textContent(), { message: `${pause} ms later` }).toBe(name);
    expect(await touches()).toBe(before);
  }
});
