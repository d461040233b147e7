import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { SESSION_COOKIE } from '../../src/accounts/actor.guard.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { reachable } from '../support/sequence-stories.js';
import { expectAccessible, onStage } from '../support/chromium.js';
import { readyClient } from '../support/stories.js';

const stage = onStage();

async function browserOf(actor: Actor): Promise<Page> {
  const { world } = stage;
  const value = await world.database.write((tx) => world.get(SignIn).openSession(tx, actor.userId));
  const page = await stage.page();
  await page.context().addCookies([{ name: SESSION_COOKIE, value, url: stage.url }]);
  return page;
}

it('goes from a blank editor through the client’s word, a test and a GO to a live sequence', async () => {
  const { world } = stage;
  world.clock.set('2027-01-11T09:00:00Z');
  const { client } = await readyClient(world, 'Nordia');
  for (let n = 0; n < 4; n += 1) await reachable(world, client.id, { lastName: `Vasseur ${n}` });
  const manager = await browserOf(await world.admin());
  const portal = await browserOf(await world.person('client', [client.id], 'Béatrice'));

  // Writing, with the preview beside it: a field nobody fills is seen at once, a wrong one is refused by name.
  await manager.goto(`/clients/${client.id}/sequences/new`);
  await manager.getByRole('textbox', { name: 'Name' }).fill('Printemps');
  await manager.getByLabel('Subject').fill('Vos lignes, {{prenom}}');
  await manager
    .getByLabel('Message', { exact: true })
    .fill('Bonjour {{firstName}},\n\nUn mot sur {{industry}} ?');
  await manager.locator('#preview mark.missing', { hasText: 'industry' }).waitFor();
  await manager.locator('#preview').getByText('Did you mean “firstName”?').first().waitFor();
  await manager.getByRole('button', { name: 'Save' }).click();
  await manager.locator('.form .field__error', { hasText: 'Did you mean “firstName”?' }).waitFor();
  await expectAccessible(manager);
  await manager.getByLabel('Subject').fill('Vos lignes, {{firstName}}');
  await manager.getByText('industry: 4 people').waitFor();
  await manager.getByLabel('Message', { exact: true }).fill('Bonjour {{firstName}},\n\nEst-ce un sujet ?');
  await manager.getByRole('button', { name: 'Insert the notice' }).click();
  await expect
    .poll(() => manager.getByLabel('Message', { exact: true }).inputValue())
    .toContain('{{notice}}');
  await manager.getByRole('button', { name: 'Save' }).click();

  // The record of the client lacks what the notice is made of: said, with the way there.
  await manager.getByText('Before it can be submitted').waitFor();
  await manager.getByRole('link', { name: 'Complete the client’s record' }).click();
  await manager.getByLabel('Legal name').fill('Nordia Industrie SAS');
  await manager.getByLabel('Privacy notice').fill('https://www.nordia.example/donnees');
  await manager.getByLabel('Source of the addresses, in French').fill('du site de votre entreprise');
  await manager.getByRole('button', { name: 'Save' }).click();
  await manager.getByRole('link', { name: 'Sequences' }).first().click();
  await manager.getByRole('link', { name: 'Printemps' }).click();
  await expectAccessible(manager);
  await manager.getByRole('button', { name: 'Submit to the client' }).click();
  await manager.getByText('waits for the client’s word').first().waitFor();

  // The client reads it as a prospect will, remarks on it, and approves.
  await portal.goto('/portal');
  await portal.getByRole('link', { name: 'Printemps' }).click();
  await portal.getByText('pour le compte de Nordia Industrie SAS').first().waitFor();
  await portal.getByText('Comment', { exact: true }).first().click();
  await portal.getByLabel('Your comment').first().fill('Sobre, merci.');
  await portal.getByRole('button', { name: 'Send' }).first().click();
  await portal.getByText('Your comment is there.').waitFor();
  await expectAccessible(portal);
  await portal.getByRole('button', { name: 'Approve these messages' }).click();
  await portal.getByText('Thank you: “Printemps” is approved.').waitFor();

  // A test on two drawn people, a GO with its reason, and the launch.
  await manager.reload();
  await manager.getByRole('link', { name: 'Prepare the test' }).click();
  await manager.getByLabel('How many people').fill('2');
  await expectAccessible(manager);
  await manager.getByRole('button', { name: 'Draw and enrol' }).click();
  await manager.getByText('2 people are in the test.').waitFor();
  await manager.getByLabel('Why').fill('Les premiers retours sont cordiaux');
  await expectAccessible(manager);
  await manager.getByRole('button', { name: 'GO', exact: true }).click();
  await manager.getByText('GO: ready to launch').waitFor();
  await manager.getByRole('button', { name: 'Launch' }).click();
  await manager.getByText('“Printemps” is live.').waitFor();
  for (const part of ['Approval', 'Test', 'Results', 'Versions']) {
    await manager
      .getByRole('navigation', { name: 'Parts of the sequence' })
      .getByRole('link', { name: part, exact: true })
      .click();
    await manager.waitForURL(`**/${part.toLowerCase()}`);
    await expectAccessible(manager);
  }
});
