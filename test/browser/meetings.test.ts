import { beforeAll, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import type { Actor } from '../../src/accounts/actor.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { aClaim, aMeeting, aProspect, type Cast, castOf, statusOf } from '../support/meetings-stories.js';

const stage = onStage();
let cast: Cast;

beforeAll(async () => {
  stage.world.clock.set('2026-03-02T09:00:00Z');
  cast = await castOf(stage.world);
});

async function pageOf(actor: Actor, options: Parameters<typeof stage.page>[0] = {}) {
  const page = await stage.page(options);
  const value = await stage.world.database.write((tx) =>
    stage.world.get(SignIn).openSession(tx, actor.userId),
  );
  await page.context().addCookies([{ name: SESSION_COOKIE, value, url: stage.url }]);
  return page;
}

it('asks about a Saturday, books it, corrects the day, and a double click makes one meeting', async () => {
  const prospect = await aProspect(stage.world, cast.client.id, { fullName: 'Nadia Benali' });
  const page = await pageOf(cast.sdr);
  await page.goto(`/prospects/${prospect.id}/meetings/new`);
  await expectAccessible(page);
  await page.getByLabel('Day').fill('2026-03-28');
  await page.getByLabel('Time').fill('10:00');
  await page.getByRole('button', { name: 'Book the meeting' }).click();
  await page.getByText('at the weekend').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keep this time' }).dblclick();
  await page.getByText('Meeting booked.').waitFor();
  await expectAccessible(page);
  await page.getByText('Reschedule', { exact: true }).click();
  await page.getByLabel('Day').fill('2026-03-01');
  await page.getByRole('button', { name: 'Move the meeting' }).click();
  await page.getByText('This time has passed already.').waitFor();
  await page.getByLabel('Day').fill('2026-03-30');
  await page.getByRole('button', { name: 'Move the meeting' }).click();
  await page.getByText('Meeting moved.').waitFor();
  await page.getByText('Mon, 30 Mar 2026, 10:00–10:30').waitFor();
  const download = page.waitForEvent('download');
  await page.getByText('Calendar file (.ics)').click();
  expect((await download).suggestedFilename()).toBe('invitation.ics');
});

it('the client, on a phone, accepts one meeting and contests another', async () => {
  const one = await aClaim(stage.world, cast, '2026-03-10T09:00:00Z');
  const other = await aClaim(stage.world, cast, '2026-03-10T10:00:00Z');
  const page = await pageOf(cast.buyer, { width: 390, colorScheme: 'dark' });
  await page.goto('/portal');
  await page.getByText('2 meetings await your word.').waitFor();
  await expectAccessible(page);
  const isTooWide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  expect(isTooWide).toBe(false);
  await page.locator(`#claim-${one.id}`).getByRole('button', { name: 'Yes, accept' }).dblclick();
  await page.getByText('Thank you: the meeting is accepted.').waitFor();
  const card = page.locator(`#claim-${other.id}`);
  await card.getByText('Contest', { exact: true }).click();
  await card.getByLabel('What is not right?').selectOption('Un budget est identifié');
  await card.getByLabel('Tell us in a few words').fill('Aucun budget cette année.');
  await card.getByRole('button', { name: 'Contest this meeting' }).click();
  await page.getByText('Your objection has reached the agency.').waitFor();
  expect(await statusOf(stage.world, one.prospectId)).toBe('qualified');
  expect(await statusOf(stage.world, other.prospectId)).toBe('meeting_held');
});

it('without scripts the same forms hold, claim and show the calendar', async () => {
  const meeting = await aMeeting(stage.world, cast, '2026-03-12T09:00:00Z');
  stage.world.clock.set('2026-03-12T09:30:00Z');
  const page = await pageOf(cast.sdr, { javaScriptEnabled: false });
  await page.goto('/meetings?pile=to_report');
  await page.locator(`a[href="/meetings/${meeting.id}"]`).click();
  await page.getByRole('button', { name: 'It took place' }).click();
  await page.getByLabel('Un budget est identifié').check();
  await page.getByLabel('Le besoin est exprimé').check();
  await page.getByRole('button', { name: 'Claim as qualified' }).click();
  await page.getByText('Claimed: the client can answer now.').waitFor();
  await page.goto('/meetings?view=month');
  await page.locator(`a[href="/meetings/${meeting.id}"]`).waitFor();
  await page.getByRole('link', { name: 'Week' }).click();
  await page.locator(`a[href="/meetings/${meeting.id}"]`).waitFor();
});
