import { beforeEach, expect, it } from 'vitest';
import { Booking } from '../../src/meetings/booking.service.js';
import { Deadlines } from '../../src/meetings/deadlines.service.js';
import { MeetingQueries } from '../../src/meetings/meeting.queries.js';
import type { Browser } from '../support/browser.js';
import { aMeeting, aProspect, type Cast, castOf, statusOf } from '../support/meetings-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('a meeting at a doubtful time', (world) => {
  let cast: Cast;
  let sdr: Browser;
  const story = { number: 0 };

  beforeEach(async () => {
    world.clock.set('2026-03-02T09:00:00Z');
    story.number += 1;
    cast = await castOf(world, `Nordia ${story.number}`);
    sdr = await world.browser(cast.sdr);
  });

  const meetings = async () =>
    (await world.get(MeetingQueries).list(cast.sdr, {}, { clientId: cast.client.id })).items;
  const keyIn = (html: string) => /name="confirmed" value="([^"]+)"/.exec(html)![1]!;

  it('at night or on a Sunday: asked in the guest’s own time, then kept as it is', async () => {
    const { id } = await aProspect(world, cast.client.id, { timeZone: 'America/Toronto', country: 'CA' });
    const slot = { day: '2026-03-15', time: '09:00', hostId: cast.host.id };
    const asked = await sdr.submit(`/prospects/${id}/meetings`, slot);
    expect(asked.status).toBe(409);
    // 9:00 in Paris is 4:00 in Toronto, whose clocks went on a week before.
    expect(asked.text).toContain('15 Mar 2026, 04:00');
    expect(asked.text).toContain('outside usual hours');
    expect(asked.text).toContain('at the weekend');
    expect(asked.text).toContain('value="2026-03-15"');
    expect(await meetings()).toEqual([]);
    const booked = await sdr.submit(`/prospects/${id}/meetings`, { ...slot, confirmed: keyIn(asked.text) });
    expect(booked.text).toContain('Meeting booked.');
    expect(await meetings()).toHaveLength(1);
  });

  it('the answer is about one time: for another it is asked again', async () => {
    const { id } = await aProspect(world, cast.client.id);
    const slot = { day: '2026-03-15', time: '09:00', hostId: cast.host.id };
    const confirmed = keyIn((await sdr.submit(`/prospects/${id}/meetings`, slot)).text);
    const again = await sdr.submit(`/prospects/${id}/meetings`, { ...slot, time: '05:00', confirmed });
    expect([again.status, (await meetings()).length]).toEqual([409, 0]);
  });

  it('one that took place is recorded as such; the next move is to say whether it was held', async () => {
    const { id } = await aProspect(world, cast.client.id);
    const slot = { day: '2026-02-26', time: '10:00', hostId: cast.host.id };
    const asked = await sdr.submit(`/prospects/${id}/meetings`, slot);
    expect(asked.text).toContain('This time has passed');
    const page = await sdr.submit(`/prospects/${id}/meetings`, { ...slot, confirmed: keyIn(asked.text) });
    expect(page.text).toContain('Recorded as a meeting that already took place.');
    expect(page.text).toContain('recorded on Mon, 2 Mar 2026, afterwards');
    expect(page.text).toContain('Sami Sdr recorded, afterwards, the meeting of');
    const [meeting] = await meetings();
    expect(meeting).toMatchObject({ state: 'booked', startsAt: new Date('2026-02-26T09:00:00Z') });
    const held = await sdr.submit(`/meetings/${meeting!.id}/hold`, { version: meeting!.version });
    expect([held.status, await statusOf(world, id)]).toEqual([200, 'meeting_held']);
  });

  it('nobody’s silence is counted from before it was recorded', async () => {
    const { id } = await aProspect(world, cast.client.id);
    const input = { startsAt: '2026-02-03T09:00:00Z', hostId: cast.host.id, hasTakenPlace: true };
    const meeting = await world.get(Booking).book(cast.sdr, id, input);
    await world.get(Deadlines).deemHeld();
    expect((await world.get(MeetingQueries).meeting(cast.sdr, meeting.id)).state).toBe('booked');
    // Five business days after Monday the 2nd: over at the end of Monday the 9th.
    world.clock.set('2026-03-09T22:00:00Z');
    await world.get(Deadlines).deemHeld();
    expect((await world.get(MeetingQueries).meeting(cast.sdr, meeting.id)).state).toBe('booked');
    world.clock.set('2026-03-09T23:00:00Z');
    await world.get(Deadlines).deemHeld();
    expect(await world.get(MeetingQueries).meeting(cast.sdr, meeting.id)).toMatchObject({
      isDeemedHeld: true,
    });
  });

  it('more than a month ago it is refused; by the API so is any past time that is not said to be one', async () => {
    const { id } = await aProspect(world, cast.client.id);
    const slot = { day: '2026-01-20', time: '10:00', hostId: cast.host.id };
    const late = await sdr.submit(`/prospects/${id}/meetings`, slot);
    expect([late.status, late.text.includes('more than 31 days ago')]).toEqual([422, true]);
    const api = await world.api(cast.sdr);
    const input = { startsAt: '2026-02-26T09:00:00Z', hostId: cast.host.id };
    expect((await api.post(`/prospects/${id}/meetings`).send(input)).status).toBe(422);
    const told = await api.post(`/prospects/${id}/meetings`).send({ ...input, hasTakenPlace: true });
    expect(told.status).toBe(201);
  });

  it('a new date is asked about in the same way; one that has passed is none', async () => {
    const meeting = await aMeeting(world, cast, '2026-03-10T09:00:00Z');
    const home = `/meetings/${meeting.id}/reschedule`;
    const change = { hostId: cast.host.id, version: meeting.version, time: '10:00' };
    const asked = await sdr.submit(home, { ...change, day: '2026-05-01' });
    expect([asked.status, asked.text.includes('a public holiday there (France)')]).toEqual([409, true]);
    const past = await sdr.submit(home, { ...change, day: '2026-02-26' });
    expect([past.status, past.text.includes('This time has passed already.')]).toEqual([422, true]);
    const kept = { ...change, day: '2026-05-01', confirmed: keyIn(asked.text) };
    expect((await sdr.submit(home, kept)).status).toBe(200);
    const now = await world.get(MeetingQueries).meeting(cast.sdr, meeting.id);
    expect(now.startsAt.toISOString()).toBe('2026-05-01T08:00:00.000Z');
  });
});
