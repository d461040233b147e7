import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { newId } from '../../src/shared/id.js';
import { ReportStory } from '../support/report-stories.js';
import type { FunnelReport } from '../../src/reporting/report-answer.js';
import type { FigureRows } from '../../src/reporting/reports.queries.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { FOUR_STEPS } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

/** The body of an answer, as the one who asked expects it. */
const bodyOf = <T>(answer: { body: unknown }): T => answer.body as T;

onBothDatabases('The funnel over the API', (world) => {
  let story: ReportStory;
  let admin: Actor;
  const path = (query: string, what = 'funnel'): string =>
    `/clients/${story.clientId}/reports/${what}${query}`;

  beforeAll(async () => {
    admin = await world.admin();
    world.clock.set('2026-04-15T10:00:00Z');
    story = await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-03-01');
    // Twelve people mailed on 3 March; three answered on 5 March, one of them interested.
    for (let n = 0; n < 12; n++) {
      const id = await story.prospect(`Personne ${n}`, [
        { kind: 'prospect.created', day: 0 },
        { kind: 'touch', day: 1, channel: 'email', result: 'sent' },
      ]);
      if (n < 3)
        await story.tell(id, [{ kind: 'status', day: 3, to: n === 0 ? 'interested' : 'not_interested' }]);
    }
  });

  it('gives each rate with its counts and its Wilson interval', async () => {
    const answer = await (await world.api(admin)).get(path('?view=cohort&from=2026-03-01&to=2026-03-31'));
    expect(answer.status).toBe(200);
    const body = bodyOf<FunnelReport>(answer);
    expect(body).toMatchObject({
      view: 'cohort',
      from: '2026-03-01',
      to: '2026-03-31',
      timeZone: 'Europe/Paris',
      by: null,
      lines: [],
      total: { counts: { attempted: 12, contacted: 12, replied: 3, interested: 1, exit_refused: 2 } },
    });
    // reporting.md §2: 3 of 12 lies between 0.0889 and 0.5323.
    const reply = body.total.rates['reply']!;
    expect(reply).toMatchObject({
      numerator: 3,
      denominator: 12,
      rate: 0.25,
      of: 'replied',
      among: 'contacted',
    });
    expect(reply.low).toBeCloseTo(0.0889, 4);
    expect(reply.high).toBeCloseTo(0.5323, 4);
    expect(reply.isSmall).toBe(true);
  });

  it('answers for the running month of the client when no days are named', async () => {
    const body = bodyOf<FunnelReport>(await (await world.api(admin)).get(path('')));
    expect(body).toMatchObject({ from: '2026-04-01', to: '2026-04-30', total: { counts: { attempted: 0 } } });
    expect(body.total.rates['reply']).toMatchObject({ rate: null, low: null, high: null });
  });

  it('tells facts by their own date in the period view', async () => {
    const answer = await (await world.api(admin)).get(path('?view=period&from=2026-03-05&to=2026-03-05'));
    expect(bodyOf<FunnelReport>(answer).total.counts).toMatchObject({
      attempted: 0,
      mails: 0,
      replied: 3,
      interested: 1,
    });
  });

  it('pages through the rows behind a figure', async () => {
    const api = await world.api(admin);
    const ask = '?view=cohort&from=2026-03-01&to=2026-03-31&figure=contacted&limit=5';
    const first = bodyOf<FigureRows>(await api.get(path(ask, 'rows')));
    expect(first).toMatchObject({ count: 12, items: { length: 5 } });
    const second = bodyOf<FigureRows>(await api.get(path(`${ask}&cursor=${first.nextCursor}`, 'rows')));
    const third = bodyOf<FigureRows>(await api.get(path(`${ask}&cursor=${second.nextCursor}`, 'rows')));
    expect(third.nextCursor).toBeNull();
    const ids = [first, second, third].flatMap(({ items }) => items.map((row) => row.id));
    expect(new Set(ids).size).toBe(12);
  });

  it.each([
    ['funnel', '?view=sideways', 'view'],
    ['funnel', '?by=weather', 'by'],
    ['funnel', '?from=2026-02-30', 'from'],
    ['funnel', '?from=soon', 'from'],
    ['funnel', '?from=2026-04-02&to=2026-04-01', 'to'],
    ['funnel', '?from=1990-01-01&to=2026-04-01', 'to'],
    ['rows', '', 'figure'],
    ['rows', '?figure=nothing', 'figure'],
    ['rows', '?figure=__proto__', 'figure'],
    ['rows', '?figure=booked&line=none', 'by'],
    ['rows', '?figure=booked&cursor=abc', 'cursor'],
    ['rows', '?figure=booked&limit=0', 'limit'],
  ])('%s%s is refused, naming %s', async (what, query, field) => {
    const answer = await (await world.api(admin)).get(path(query, what));
    const { fields } = bodyOf<{ fields?: Record<string, string> }>(answer);
    expect([answer.status, Object.keys(fields ?? {})]).toEqual([422, [field]]);
  });

  it('is not found for another client’s people, nor for an id that is none', async () => {
    const stranger = await world.api(await world.person('manager', []));
    const guest = await world.api(await world.person('client', [story.clientId]));
    expect((await stranger.get(path(''))).status).toBe(404);
    expect((await guest.get(path(''))).status).toBe(403);
    expect((await (await world.api(admin)).get(`/clients/${newId()}/reports/funnel`)).status).toBe(404);
    expect((await (await world.api(admin)).get('/clients/nobody/reports/funnel')).status).toBe(404);
  });

  it('gives the portfolio, worst first, to managers only', async () => {
    const { items } = bodyOf<{ items: unknown[] }>(await (await world.api(admin)).get('/portfolio'));
    // 15 of April's 30 days are gone: 4 of 8 held and 2.5 of 5 qualified are expected, none took place, none is booked.
    expect(items[0]).toMatchObject({
      clientId: story.clientId,
      state: 'behind',
      reason: { metric: 'held', count: 0, expected: 4, target: 8 },
    });
    expect(
      (await (await world.api(await world.person('sdr', [story.clientId]))).get('/portfolio')).status,
    ).toBe(403);
  });

  it('names no sequence and no ICP of another client, whoever guesses its id', async () => {
    const foreign = await readyClient(world, 'Boréale');
    const sequence = await world.get(Sequences).create(admin, foreign.client.id, {
      name: 'Campagne secrète',
      steps: FOUR_STEPS.steps,
    });
    const guest = await world.person('client', [foreign.client.id], 'Guy Guest');
    const lines = { sequence: sequence.sequence.id, icp: foreign.icp.icp.id, sdr: guest.userId };
    for (const [by, line] of Object.entries(lines)) {
      const answer = await (
        await world.api(admin)
      ).get(path(`?figure=contacted&by=${by}&line=${line}&from=2026-03-01&to=2026-03-31`, 'rows'));
      expect(bodyOf<FigureRows>(answer), by).toMatchObject({ items: [], count: 0, line: { by, name: null } });
    }
  });
});
