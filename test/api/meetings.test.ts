import { beforeEach, expect, it } from 'vitest';
import { NORDIA_TERMS } from '../support/stories.js';
import type { Caller } from '../support/caller.js';
import { aClaim, aMeeting, aProspect, type Cast, castOf } from '../support/meetings-stories.js';
import { onBothDatabases } from '../support/world.js';

/** What the answers of this room hold, as far as the stories read it. */
interface Told {
  id: string;
  fields: Record<string, string>;
  history: { event: string }[];
  items: { startsAt: string }[];
  nextCursor: string | null;
}
const told = (answer: { body: unknown }): Told => answer.body as Told;
const hoursIn = (answer: { body: unknown }): string[] =>
  told(answer).items.map((item) => item.startsAt.slice(11, 13));

const tuesday = '2026-03-10T09:00:00Z';

onBothDatabases('the API of meetings', (world) => {
  let cast: Cast;
  let sdr: Caller;
  let buyer: Caller;
  const story = { number: 0 };

  beforeEach(async () => {
    world.clock.set('2026-03-02T09:00:00Z');
    story.number += 1;
    cast = await castOf(world, `Nordia ${story.number}`);
    sdr = await world.api(cast.sdr);
    buyer = await world.api(cast.buyer);
  });

  it('books, moves, holds, claims; the client contests, then accepts', async () => {
    const prospect = await aProspect(world, cast.client.id);
    const booked = await sdr.post(`/prospects/${prospect.id}/meetings`, {
      startsAt: '2026-03-10T10:00:00+01:00',
      hostId: cast.host.id,
      place: 'Lyon',
      durationMinutes: 45,
    });
    expect(booked.status).toBe(201);
    expect(booked.body).toMatchObject({
      startsAt: '2026-03-10T09:00:00.000Z',
      endsAt: '2026-03-10T09:45:00.000Z',
      state: 'booked',
      qualification: 'none',
      price: NORDIA_TERMS.price,
      attribution: null,
      version: 1,
    });
    const address = `/meetings/${told(booked).id}`;
    const moved = await sdr.post(`${address}/reschedule`, { startsAt: '2026-03-11T09:00:00Z', version: 1 });
    expect(moved.body).toMatchObject({
      state: 'rescheduled',
      originalStartsAt: '2026-03-10T09:00:00.000Z',
      version: 2,
    });
    world.clock.set('2026-03-11T10:00:00Z');
    expect((await sdr.post(`${address}/hold`)).body).toMatchObject({ state: 'held' });
    const claimed = await sdr.post(`${address}/claim`, { criteria: ['budget', 'need'] });
    expect(claimed.body).toMatchObject({ qualification: 'claimed', decideBy: '2026-03-18' });
    const contested = await buyer.post(`${address}/contest`, { criterion: 'budget', text: 'Aucun budget.' });
    expect(contested.body).toMatchObject({ qualification: 'contested', contestText: 'Aucun budget.' });
    expect((await buyer.post(`${address}/accept`)).body).toMatchObject({ qualification: 'accepted' });
    const { history } = told(await sdr.get(address));
    expect(history.map((fact) => fact.event)).toEqual([
      'booked',
      'rescheduled',
      'held',
      'claimed',
      'contested',
      'accepted',
    ]);
  });

  it('keeps an unusual time a program asks for, and says what is unusual about it for the guest', async () => {
    const guest = await aProspect(world, cast.client.id, { timeZone: 'America/Toronto', country: 'CA' });
    const slot = { startsAt: '2026-03-15T08:00:00Z', hostId: cast.host.id };
    const booked = await sdr.post(`/prospects/${guest.id}/meetings`, slot);
    const when = 'For the guest this is 2026-03-15 04:00 (America/Toronto): ';
    const doubts = [
      { code: 'hours', message: `${when}outside usual hours (8:00 to 19:00).` },
      { code: 'weekend', message: `${when}at the weekend.` },
    ];
    expect([booked.status, booked.body]).toMatchObject([201, { state: 'booked', doubts }]);
    const again = await sdr.post(`/prospects/${guest.id}/meetings`, slot);
    expect(again.body).toMatchObject({ id: told(booked).id, doubts });
    const address = `/meetings/${told(booked).id}/reschedule`;
    // Good Friday in Toronto.
    const moved = await sdr.post(address, { startsAt: '2026-04-03T14:00:00Z' });
    expect(moved.body).toMatchObject({ doubts: [{ code: 'holiday' }] });
    const usual = await sdr.post(address, { startsAt: '2026-04-07T14:00:00Z' });
    expect(usual.body).toMatchObject({ state: 'rescheduled', doubts: [] });
  });

  it('what a program says took place is not doubted for having passed', async () => {
    const guest = await aProspect(world, cast.client.id);
    const past = { startsAt: '2026-02-25T03:00:00Z', hostId: cast.host.id, hasTakenPlace: true };
    const recorded = await sdr.post(`/prospects/${guest.id}/meetings`, past);
    expect([recorded.status, recorded.body]).toMatchObject([201, { doubts: [] }]);
  });

  it('names each wrong field, and never breaks on hostile ones', async () => {
    const prospect = await aProspect(world, cast.client.id);
    const address = `/prospects/${prospect.id}/meetings`;
    const noZone = await sdr.post(address, { startsAt: '2026-03-10T09:00:00', hostId: cast.host.id });
    expect(noZone.status).toBe(422);
    expect(Object.keys(told(noZone).fields)).toEqual(['startsAt']);
    const wrong = [
      {},
      { startsAt: '2026-02-30T09:00:00Z', hostId: cast.host.id },
      { startsAt: '9999-12-31T23:59:59Z', hostId: cast.host.id },
      { startsAt: 1, hostId: [] },
      { startsAt: tuesday, hostId: cast.host.id, durationMinutes: -30 },
      { startsAt: tuesday, hostId: cast.host.id, durationMinutes: 1e9 },
      { startsAt: tuesday, hostId: cast.host.id, place: 'x'.repeat(501) },
      { startsAt: tuesday, hostId: cast.host.id, place: { a: 1 } },
      { startsAt: tuesday, hostId: "' OR 1=1 --" },
      { startsAt: tuesday, hostId: cast.host.id, room: 'unknown field' },
    ];
    for (const body of wrong) expect((await sdr.post(address, body)).status, JSON.stringify(body)).toBe(422);
    const meeting = await aMeeting(world, cast, tuesday);
    for (const [act, body] of [
      ['no-show', { by: 'dog' }],
      ['cancel', {}],
      ['cancel', { by: ['guest'] }],
      ['claim', { criteria: 'x'.repeat(300) }],
      ['claim', { criteria: [{ key: 'budget' }] }],
      ['reschedule', { startsAt: 'tomorrow' }],
      ['reschedule', { startsAt: '2026-03-01T09:00:00Z' }],
      ['hold', { version: 'one' }],
      ['hold', { version: 1e300 }],
    ] as const)
      expect(
        (await sdr.post(`/meetings/${meeting.id}/${act}`, body)).status,
        `${act} ${JSON.stringify(body)}`,
      ).toBe(422);
    for (const query of [
      'from=yesterday',
      'from=2026-02-31',
      'state=gone',
      'limit=0',
      'limit=201',
      'cursor=abc',
    ])
      expect((await sdr.get(`/clients/${cast.client.id}/meetings?${query}`)).status, query).toBe(422);
  });

  it('the same Idempotency-Key, or the same slot, makes one meeting', async () => {
    const prospect = await aProspect(world, cast.client.id);
    const input = { startsAt: tuesday, hostId: cast.host.id };
    const one = await sdr.post(`/prospects/${prospect.id}/meetings`, input).set('idempotency-key', 'book-1');
    const same = await sdr.post(`/prospects/${prospect.id}/meetings`, input).set('idempotency-key', 'book-1');
    const again = await sdr.post(`/prospects/${prospect.id}/meetings`, input);
    expect(told(same).id).toBe(told(one).id);
    expect(told(again).id).toBe(told(one).id);
  });

  it('an impossible move answers 409 with what is possible', async () => {
    const meeting = await aMeeting(world, cast, tuesday);
    await sdr.post(`/meetings/${meeting.id}/cancel`, { by: 'guest' });
    const held = await sdr.post(`/meetings/${meeting.id}/hold`);
    expect(held.status).toBe(409);
    expect(held.body).toMatchObject({
      error: 'illegal_move',
      message: 'Not possible: this meeting is “cancelled by the guest”.',
      legal: ['cancelled_by_client', 'cancelled_by_agency', 'no_show_guest'],
    });
  });

  it('a client’s person may accept and contest, and mark nothing else', async () => {
    const meeting = await aMeeting(world, cast, tuesday);
    world.clock.set('2026-03-10T10:00:00Z');
    for (const act of ['hold', 'no-show', 'cancel', 'claim', 'reschedule'])
      expect((await buyer.post(`/meetings/${meeting.id}/${act}`, {})).status, act).toBe(403);
    expect((await buyer.post(`/prospects/${meeting.prospectId}/meetings`, {})).status).toBe(403);
    expect((await sdr.post(`/meetings/${meeting.id}/accept`)).status).toBe(403);
  });

  it('another client’s meetings are not there, whatever is asked of them', async () => {
    const claim = await aClaim(world, cast, tuesday);
    const other = await castOf(world, `Autre ${story.number}`);
    for (const caller of [await world.api(other.sdr), await world.api(other.buyer)]) {
      expect((await caller.get(`/meetings/${claim.id}`)).status).toBe(404);
      expect((await caller.get(`/meetings/${claim.id}/invitation.ics`)).status).toBe(404);
      expect((await caller.get(`/clients/${cast.client.id}/meetings`)).status).toBe(404);
      expect((await caller.post(`/meetings/${claim.id}/accept`)).status).toBe(404);
      expect(
        (await caller.post(`/meetings/${claim.id}/contest`, { criterion: 'need', text: 'x' })).status,
      ).toBe(404);
    }
    expect((await (await world.api(other.sdr)).post(`/meetings/${claim.id}/hold`)).status).toBe(404);
    expect((await sdr.get('/meetings/nothing-like-an-id')).status).toBe(404);
  });

  it('the client reads its own meetings without who earned them or what we noted', async () => {
    const prospect = await aProspect(world, cast.client.id);
    const booked = await sdr.post(`/prospects/${prospect.id}/meetings`, {
      startsAt: tuesday,
      hostId: cast.host.id,
    });
    world.clock.set('2026-03-10T10:00:00Z');
    await sdr.post(`/meetings/${told(booked).id}/hold`, { note: 'Secret de l’agence' });
    const seen = told(await buyer.get(`/meetings/${told(booked).id}`));
    expect(seen).not.toHaveProperty('attribution');
    expect(JSON.stringify(seen)).not.toContain('Secret');
    const past = told(await buyer.get(`/clients/${cast.client.id}/meetings?pile=past`));
    expect(past.items).toHaveLength(1);
  });

  it('pages through a client’s meetings, newest first when asked', async () => {
    for (const hour of ['08', '09', '10']) await aMeeting(world, cast, `2026-03-10T${hour}:00:00Z`);
    const address = `/clients/${cast.client.id}/meetings?sort=-startsAt&limit=2`;
    const first = await sdr.get(address);
    expect(hoursIn(first)).toEqual(['10', '09']);
    const second = await sdr.get(`${address}&cursor=${told(first).nextCursor}`);
    expect(hoursIn(second)).toEqual(['08']);
    expect(told(second).nextCursor).toBeNull();
  });

  it('the calendar file follows the meeting’s life under one UID', async () => {
    const meeting = await aMeeting(world, cast, tuesday);
    const file = async () => (await sdr.get(`/meetings/${meeting.id}/invitation.ics`)).text;
    expect(await file()).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:0/);
    await sdr.post(`/meetings/${meeting.id}/reschedule`, { startsAt: '2026-03-12T09:00:00Z' });
    expect(await file()).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:1/);
    await sdr.post(`/meetings/${meeting.id}/cancel`, { by: 'agency' });
    const last = await file();
    expect(last).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:2/);
    expect(last).toContain(`UID:${meeting.id}@carnet`);
  });
});
