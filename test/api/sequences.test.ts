import { expect, it } from 'vitest';
import { FOUR_STEPS, liveSequence, reachable } from '../support/sequence-stories.js';
import { NORDIA_NOTICE, readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

/** Answers of different shapes, read one field at a time. */
interface Told {
  id: string;
  state: string;
  steps: object[];
  items: object[];
  enrolments: object[];
  fields: Record<string, string>;
}
const told = (answer: { body: unknown }): Told => answer.body as Told;

const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('the API of sequences', (world) => {
  it('writes a sequence, takes it live, enrols, does a step and logs a touch', async () => {
    world.clock.set(MONDAY);
    const { client } = await readyClient(world, 'Machine');
    const prospectId = await reachable(world, client.id);
    const api = await world.api(await world.admin());
    await api.patch(`/clients/${client.id}`, NORDIA_NOTICE).expect(200);
    const made = await api.post(`/clients/${client.id}/sequences`, FOUR_STEPS).expect(201);
    expect(made.body).toMatchObject({ name: 'Directeurs de site', state: 'draft', version: 1 });
    expect(told(made).steps).toHaveLength(4);
    const id = told(made).id;
    const act = async (name: string, body: object, state: string, status = 200) =>
      expect(told(await api.post(`/sequences/${id}/${name}`, body).expect(status)).state).toBe(state);
    // Without the notice in its first message nothing is submitted.
    const lacking = told(await api.post(`/sequences/${id}/submit`).expect(422));
    expect(Object.keys(lacking.fields)).toEqual(['steps.0.variants.0.body']);
    const [first, ...others] = FOUR_STEPS.steps;
    const [text] = first!.variants;
    const body = `${text!.body}\n\n{{notice}}`;
    const steps = [{ day: 0, channel: 'email', variants: [{ subject: text!.subject, body }] }, ...others];
    await api.put(`/sequences/${id}`, { steps, version: 1 }).expect(200);
    await act('submit', {}, 'submitted');
    await api.post(`/sequences/${id}/approve`, {}).expect(422);
    const buyer = await world.api(await world.person('client', [client.id], 'Béatrice'));
    await buyer.post(`/sequences/${id}/comments`, { text: 'Très bien' }).expect(201);
    const word = await buyer.post(`/sequences/${id}/approve`, { version: 1 }).expect(200);
    expect(word.body).toEqual({ id, state: 'approved', version: 1, approvedVersion: 1 });
    await api.post(`/sequences/${id}/launch`).expect(409);
    const other = await reachable(world, client.id, { firstName: 'Test' });
    const test = await api
      .post(`/sequences/${id}/test`, { size: 1, filter: { q: 'Test' }, seed: 'x' })
      .expect(201);
    expect(test.body).toMatchObject({ enrolled: 1, seed: 'x', skipped: [] });
    await api.post(`/sequences/${id}/decide`, { decision: 'go', reason: 'Convaincant' }).expect(200);
    await act('launch', {}, 'live');
    expect(other).toBeTruthy();
    expect(told(await api.get(`/sequences/${id}/versions`).expect(200)).items).toHaveLength(1);
    expect(told(await api.get(`/sequences/${id}/tests`).expect(200)).items[0]).toMatchObject({
      decision: 'go',
    });
    expect(told(await buyer.get(`/sequences/${id}/comments`).expect(200)).items).toHaveLength(1);
    const preview = await api.post(`/sequences/${id}/preview`, { prospectId }).expect(200);
    expect(told(preview).steps[0]).toMatchObject({ subject: 'Bonjour Claire', missing: [] });
    const entered = await api.post(`/sequences/${id}/enrolments`, { prospectIds: [prospectId] }).expect(200);
    expect(entered.body).toEqual({ enrolled: 1, skipped: [] });
    const again = await api.post(`/sequences/${id}/enrolments`, { filter: { status: 'in_sequence' } });
    expect(again.body).toMatchObject({ enrolled: 0 });
    expect((again.body as { skipped: object[] }).skipped).toContainEqual(
      expect.objectContaining({ prospectId, reason: 'active_elsewhere' }),
    );
    const touch = await api.post(`/prospects/${prospectId}/touches`, {
      channel: 'call',
      kind: 'voicemail',
      note: 'Message',
    });
    expect([touch.status, touch.body]).toEqual([
      201,
      expect.objectContaining({ channel: 'call', kind: 'manual', result: 'voicemail' }),
    ]);
    expect(told(await api.get(`/clients/${client.id}/sequences`).expect(200)).items).toHaveLength(1);
    expect(told(await api.get(`/sequences/${id}/results`).expect(200)).enrolments).toEqual([
      { state: 'active', reason: null, people: 2 },
    ]);
    expect(told(await api.post(`/sequences/${id}/pause`).expect(200)).state).toBe('paused');
  });

  it('names the field of each fault, in steps, templates, outcomes and choices', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Fautes');
    const api = await world.api(cast.sdr);
    const [id, client] = [cast.sequence.sequence.id, cast.client.id];
    const prospectId = await reachable(world, client);
    const bad = async (path: string, body: object) => told(await api.post(path, body).expect(422)).fields;
    const text = (body: string) => ({
      name: 'x',
      steps: [{ day: 0, channel: 'linkedin_message', variants: [{ body }] }],
    });
    expect(await bad(`/clients/${client}/sequences`, text('{{prenom}}'))).toEqual({
      'steps.0.variants.0.body': 'Line 1, column 3: there is no field “prenom”. Did you mean “firstName”?',
    });
    for (const attack of [
      '{{constructor}}',
      '{{#with "s" as |c|}}{{/with}}',
      '{{{firstName}}}',
      '{{lookup this "x"}}',
      '{{@root}}',
    ]) {
      expect(Object.keys(await bad(`/clients/${client}/sequences`, text(attack)))).toEqual([
        'steps.0.variants.0.body',
      ]);
    }
    expect(await bad(`/clients/${client}/sequences`, { name: 'x', steps: [] })).toHaveProperty('steps');
    expect(
      await bad(`/clients/${client}/sequences`, {
        ...text('a'),
        steps: [{ day: -1, channel: 'fax', variants: 'no' }],
      }),
    ).toMatchObject({
      'steps.0.day': expect.any(String) as string,
      'steps.0.channel': expect.any(String) as string,
      'steps.0.variants': expect.any(String) as string,
    });
    expect(await bad(`/sequences/${id}/enrolments`, {})).toHaveProperty('prospectIds');
    expect(await bad(`/sequences/${id}/enrolments`, { filter: { status: 'nope' } })).toEqual({
      'filter.status': expect.any(String) as string,
    });
    expect(await bad(`/prospects/${prospectId}/touches`, { channel: 'call', kind: 'sent' })).toEqual({
      kind: 'Unknown outcome. Possible: no_answer, voicemail, conversation, opted_out, wrong_number, skipped.',
    });
    expect(
      await bad(`/prospects/${prospectId}/touches`, { channel: 'call', kind: 'voicemail', at: 'yesterday' }),
    ).toHaveProperty('at');
  });

  it('an illegal move says what is legal; an SDR may not approve; strangers and clients find nothing', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Droits');
    const id = cast.sequence.sequence.id;
    const sdr = await world.api(cast.sdr);
    const moved = await sdr.post(`/sequences/${id}/submit`).expect(409);
    expect(moved.body).toMatchObject({ error: 'illegal_move', from: 'approved' });
    await sdr.post(`/sequences/${id}/approve`).expect(403);
    await sdr.post(`/sequences/${id}/explode`).expect(404);
    const stranger = await world.api(await world.person('sdr', [], 'Ailleurs'));
    for (const path of [
      `/sequences/${id}`,
      `/clients/${cast.client.id}/sequences`,
      `/sequences/${id}/results`,
      '/sequences/nope',
    ]) {
      await stranger.get(path).expect(404);
    }
    await stranger.post(`/sequences/${id}/enrolments`, { prospectIds: [] }).expect(404);
    const buyer = await world.api(await world.person('client', [cast.client.id], 'Cliente'));
    await buyer.get(`/sequences/${id}`).expect(403);
    await (await world.api()).get(`/sequences/${id}`).expect(401);
  });

  it('the same Idempotency-Key enrols once', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Deux fois');
    const prospectId = await reachable(world, cast.client.id);
    const api = await world.api(cast.sdr);
    const ask = () =>
      api
        .post(`/sequences/${cast.sequence.sequence.id}/enrolments`, { prospectIds: [prospectId] })
        .set('Idempotency-Key', 'k1');
    expect((await ask()).body).toEqual({ enrolled: 1, skipped: [] });
    expect((await ask()).body).toEqual({ enrolled: 1, skipped: [] });
  });
});
