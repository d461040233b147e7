import { expect, it } from 'vitest';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import { enrolmentOf, liveSequence, reachable } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Enrolling somebody from their own page', (world) => {
  it('they enter; the toast takes it back, and they may enter again', async () => {
    const { client, sdr, sequence } = await liveSequence(world, 'Fiche');
    const id = await reachable(world, client.id, { firstName: 'Claire', lastName: 'Roux' });
    const browser = await world.browser(sdr);
    expect((await browser.get(`/prospects/${id}`)).text).toContain('Directeurs de site (Live)');
    const form = { sequenceId: sequence.sequence.id };
    const entered = await browser.submit(`/prospects/${id}/enrolments`, form);
    expect(entered.text).toContain('Claire Roux is enrolled in “Directeurs de site”.');
    expect(entered.text).toContain('data-status="in_sequence"');
    expect(entered.text).not.toContain(`action="/prospects/${id}/enrolments"`);
    const undo = /action="(\/prospects\/[^"]+\/withdraw)"/.exec(entered.text)![1]!;
    const back = await browser.submit(undo);
    expect(back.text).toContain('Taken back: nothing had gone out yet.');
    expect(back.text).toContain('data-status="new"');
    expect((await browser.submit(`/prospects/${id}/enrolments`, form)).text).toContain('is enrolled in');
  });

  it('or the guard says why not, on the same page', async () => {
    const { client, sdr, sequence } = await liveSequence(world, 'Refus');
    const form = { sequenceId: sequence.sequence.id };
    const browser = await world.browser(sdr);
    const nameless = await reachable(world, client.id, { firstName: null, lastName: 'Roux' });
    const refused = await browser.submit(`/prospects/${nameless}/enrolments`, form);
    expect([refused.status, refused.text.includes('Not enrolled in “Directeurs de site”')]).toEqual([
      409,
      true,
    ]);
    expect(refused.text).toContain('Missing: First name');
    const none = await browser.submit(`/prospects/${nameless}/enrolments`, {});
    expect(none.status).toBe(422);
    const was = await reachable(world, client.id);
    await browser.submit(`/prospects/${was}/enrolments`, form);
    await world.get(EnrolmentCare).remove(sdr, (await enrolmentOf(world, was)).id);
    const again = await browser.submit(`/prospects/${was}/enrolments`, form);
    expect(again.text).toContain('Has been through this sequence');
    // It was the only one: nothing is offered that would be refused.
    expect((await browser.get(`/prospects/${was}`)).text).not.toContain('name="sequenceId"');
    const opposed = await reachable(world, client.id, { status: 'do_not_contact' });
    expect((await browser.get(`/prospects/${opposed}`)).text).not.toContain('name="sequenceId"');
  });

  it('by the API: withdrawn while nothing has begun; never a stranger’s', async () => {
    const { client, sdr, sequence } = await liveSequence(world, 'Par API');
    const id = await reachable(world, client.id);
    const api = await world.api(sdr);
    const elsewhere = await world.person('sdr', [(await readyClient(world, 'Autre')).client.id], 'Elsewhere');
    await api.post(`/sequences/${sequence.sequence.id}/enrolments`).send({ prospectIds: [id] });
    const { id: enrolmentId } = await enrolmentOf(world, id);
    const stranger = await world.api(elsewhere);
    expect((await stranger.post(`/enrolments/${enrolmentId}/withdraw`)).status).toBe(404);
    const back = await api.post(`/enrolments/${enrolmentId}/withdraw`);
    expect([back.status, back.body]).toEqual([200, { prospectId: id }]);
    expect((await api.post(`/enrolments/${enrolmentId}/withdraw`)).status).toBe(404);
  });
});
