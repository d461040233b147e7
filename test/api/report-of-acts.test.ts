import { expect, it } from 'vitest';
import type { FunnelReport } from '../../src/reporting/report-answer.js';
import { Projection } from '../../src/reporting/facts/projection.service.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('What people do is what the report says', (world) => {
  it('follows calls, answers, undone mistakes and a corrected meeting, act by act', async () => {
    world.clock.set('2026-03-02T09:00:00Z');
    const { client, host } = await readyClient(world);
    const sdr = await world.api(await world.person('sdr', [client.id], 'Sam'));
    const guest = await world.api(await world.person('client', [client.id], 'Paul'));
    const id = await prospectOf(world, client.id);
    const counts = async (): Promise<Record<string, number>> => {
      const answer = await sdr.get(`/clients/${client.id}/reports/funnel?from=2026-03-01&to=2026-03-31`);
      return (answer.body as FunnelReport).total.counts;
    };
    const done = async (path: string, input: object): Promise<void> => {
      const answer = await sdr.post(path, input);
      expect([path, answer.status, answer.body]).toEqual([
        path,
        expect.toBeOneOf([200, 201]),
        expect.anything(),
      ]);
    };

    expect(await counts()).toMatchObject({ attempted: 0, dials: 0 });
    await done(`/prospects/${id}/touches`, { channel: 'call', kind: 'no_answer' });
    expect(await counts()).toMatchObject({ attempted: 1, contacted: 0, dials: 1, connects: 0 });
    world.clock.set('2026-03-03T09:00:00Z');
    await done(`/prospects/${id}/touches`, { channel: 'call', kind: 'conversation' });
    expect(await counts()).toMatchObject({
      contacted: 1,
      replied: 1,
      interested: 0,
      dials: 2,
      conversations: 1,
    });

    world.clock.set('2026-03-03T09:05:00Z');
    await done(`/prospects/${id}/status`, { to: 'not_interested' });
    expect(await counts()).toMatchObject({ exit_refused: 1 });
    await done(`/prospects/${id}/undo`, {});
    expect(await counts()).toMatchObject({ exit_refused: 0, replied: 1 });

    const booking = { startsAt: '2026-03-10T10:00:00+01:00', hostId: host.id };
    const booked = await sdr.post(`/prospects/${id}/meetings`, booking);
    expect(booked.status).toBe(201);
    const meeting = `/meetings/${(booked.body as { id: string }).id}`;
    expect(await counts()).toMatchObject({ booked: 1, spoken_to_booked: 1, held: 0, meetings_upcoming: 1 });

    world.clock.set('2026-03-10T11:00:00Z');
    await done(`${meeting}/no-show`, { by: 'guest' });
    expect(await counts()).toMatchObject({
      held: 0,
      exit_no_show_guest: 1,
      meetings_due: 1,
      meetings_held: 0,
    });
    const { version } = (await sdr.get(meeting)).body as { version: number };
    await done(`${meeting}/hold`, { version });
    expect(await counts()).toMatchObject({
      held: 1,
      exit_no_show_guest: 0,
      meetings_held: 1,
      meetings_unclaimed: 1,
    });
    await done(`${meeting}/claim`, { criteria: ['budget', 'need'] });
    expect(await counts()).toMatchObject({ qualified: 0, meetings_pending: 1, meetings_decided: 0 });
    const accepted = await guest.post(`${meeting}/accept`);
    expect([accepted.status, accepted.body]).toEqual([expect.toBeOneOf([200, 201]), expect.anything()]);
    expect(await counts()).toMatchObject({ qualified: 1, meetings_qualified: 1, meetings_pending: 0 });

    const compared = await world.get(Projection).compare();
    expect(compared).toEqual({ prospects: 1, different: [], waiting: 0 });
  });
});
