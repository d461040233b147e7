import { expect, it } from 'vitest';
import { tellFreshClaims } from '../../seeds/fresh-claims.js';
import { MeetingQueries } from '../../src/meetings/meeting.queries.js';
import { Outcomes } from '../../src/meetings/outcomes.service.js';
import { aClaim, aMeeting, castOf } from '../support/meetings-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the demo’s portals', (world) => {
  it('have the meeting held last and not claimed yet to confirm, with all their days left', async () => {
    world.clock.set('2026-03-02T09:00:00Z');
    const cast = await castOf(world, 'Nordia');
    const idle = await castOf(world, 'Clairval');
    const older = await aMeeting(world, cast, '2026-03-09T09:00:00Z');
    const newest = await aMeeting(world, cast, '2026-03-10T09:00:00Z');
    const claimed = await aClaim(world, cast, '2026-03-11T09:00:00Z');
    for (const { id } of [older, newest]) await world.get(Outcomes).hold(cast.sdr, id, {});
    await aMeeting(world, cast, '2026-03-30T09:00:00Z');

    // A Thursday morning: five business days end on Thursday the 19th.
    world.clock.set('2026-03-12T07:30:00Z');
    const desks = [cast, idle].map(({ client, sdr }) => ({
      clientId: client.id,
      sdr,
      criteria: ['budget', 'need'],
    }));
    await tellFreshClaims(world.app, desks);
    const { items } = await world
      .get(MeetingQueries)
      .list(cast.sdr, { pile: 'to_confirm' }, { clientId: cast.client.id });
    expect(items.map(({ id }) => id).sort()).toEqual([newest.id, claimed.id].sort());
    expect(items.find(({ id }) => id === newest.id)).toMatchObject({ decideBy: '2026-03-19' });
    const portal = await (await world.browser(cast.buyer)).get('/portal');
    expect(portal.text).toContain(`/portal/meetings/${newest.id}/accept`);
  });
});
