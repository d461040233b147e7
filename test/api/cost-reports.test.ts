import { expect, it } from 'vitest';
import type { CostReport } from '../../src/reporting/cost/cost-report.js';
import { newId } from '../../src/shared/id.js';
import { ReportStory } from '../support/report-stories.js';
import { NORDIA_TERMS, readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the cost report of a client', (world) => {
  const NOW = '2026-04-15T10:00:00Z';
  const march = '?from=2026-03-01&to=2026-03-31';

  /** Nordia: setup 1,500, retainer 3,500, 250 a qualified meeting beyond 2 a month, capped at 1,500. */
  async function nordia() {
    world.clock.set('2025-12-15T10:00:00Z');
    const setting = await readyClient(world, `Nordia ${newId().slice(-6)}`);
    world.clock.set(NOW);
    const admin = await world.api(await world.admin());
    return { ...setting, admin, path: `/clients/${setting.client.id}` };
  }

  it('tells what a month cost: the terms agreed, the client’s own hours, and n/a without meetings', async () => {
    const { admin, path } = await nordia();
    const answer = await admin.get(`${path}/reports/cost${march}`);
    expect(answer.status).toBe(200);
    const report = answer.body as CostReport;
    // retainer 3,500 + 6 h × 55 = 330 of own time; the setup was January's
    expect(report.actual.lines).toEqual({
      setup: 0,
      retainer: 350_000,
      days: 0,
      fee: 0,
      tools: 0,
      coordination: 33_000,
    });
    expect(report.actual).toMatchObject({ totalCents: 383_000, booked: 0, costPerBookedCents: null });
    // January 1,500 + 3,830, then 3,830 a month; April is not over
    expect(report.actualCumulativeCents).toEqual([533_000, 916_000, 1_299_000]);
  });

  it('bills what a slip of the first month was corrected to, from the first day', async () => {
    const { admin, path, engagement } = await nordia();
    const id = engagement.engagement.id;
    const { setup } = (
      (await admin.get(`${path}/reports/cost?from=2026-01-01&to=2026-01-31`)).body as CostReport
    ).actual.lines;
    expect(setup).toBe(150_000);
    world.clock.set('2026-01-20T10:00:00Z');
    const price = { ...NORDIA_TERMS.price, setupCents: 200_000 };
    const amended = await admin.put(`/engagements/${id}`, { ...NORDIA_TERMS, price }).expect(200);
    expect(amended.body).toMatchObject({ version: 2, appliesFromOn: '2026-01-01' });
    world.clock.set(NOW);
    const january = await admin.get(`${path}/reports/cost?from=2026-01-01&to=2026-01-31`);
    expect((january.body as CostReport).actual.lines.setup).toBe(200_000);
  });

  it('bills new terms from next month, or from the day somebody gives', async () => {
    const { admin, path, engagement } = await nordia();
    const id = engagement.engagement.id;
    const dearer = { ...NORDIA_TERMS, price: { ...NORDIA_TERMS.price, retainerCents: 400_000 } };
    const retainer = async (): Promise<number> =>
      ((await admin.get(`${path}/reports/cost${march}`)).body as CostReport).actual.lines.retainer;
    const later = await admin.put(`/engagements/${id}`, dearer).expect(200);
    expect([(later.body as { appliesFromOn: string }).appliesFromOn, await retainer()]).toEqual([
      '2026-05-01',
      350_000,
    ]);
    const asked = await admin
      .put(`/engagements/${id}`, { ...dearer, appliesFromOn: '2026-03-01' })
      .expect(200);
    expect([(asked.body as { version: number }).version, await retainer()]).toEqual([3, 400_000]);
    // Saved again as it is: nothing new.
    const again = await admin
      .put(`/engagements/${id}`, { ...dearer, appliesFromOn: '2026-03-01' })
      .expect(200);
    expect((again.body as { version: number }).version).toBe(3);
    const before = await admin
      .put(`/engagements/${id}`, { ...dearer, appliesFromOn: '2025-06-01' })
      .expect(422);
    expect(before.body).toHaveProperty('fields.appliesFromOn');
  });

  it('plans with the price of the engagement, and says where each assumption comes from', async () => {
    const { admin, path } = await nordia();
    const report = (await admin.get(`${path}/reports/cost${march}`)).body as CostReport;
    const of = (side: string, input: string) =>
      report.assumptions.find((one) => one.side === side && one.input === input);
    expect(of('agency', 'feePerUnitCents')).toMatchObject({
      value: 25_000,
      origin: 'engagement',
      standing: 'confirmed',
    });
    expect(of('inHouse', 'baseAnnualCents')).toMatchObject({
      value: 3_200_000,
      origin: 'default',
      standing: 'hypothesis',
    });
    // qualified: month 2 5 × 0.42 = 2.1, month 3 3.15, months 4–12 4.2; beyond the 2 included at 250:
    // 0.1 → 25.00, 1.15 → 287.50, nine times 2.2 → 550.00 = 4,950; with 47,460 of the rest: 52,722.50
    expect(report.plan.agency.totalCents).toBe(5_272_250);
    expect(report.plan.agency.qualified).toBe('43.05');
    expect(report.cheaper).toBe('agency');
  });

  it('divides by the meetings of the period, as the funnel counts them', async () => {
    world.clock.set(NOW);
    const story = new ReportStory(world, new Date('2026-03-02T09:00:00Z'));
    await story.open('2026-03-01');
    const [one, two, three] = [
      await story.prospect('Ana', []),
      await story.prospect('Bo', []),
      await story.prospect('Cy', []),
    ];
    await story.meeting(one, { bookedDay: 1, startsDay: 5, state: 'held', qualification: 'accepted' });
    await story.meeting(two, { bookedDay: 2, startsDay: 6, state: 'held', qualification: 'contested' });
    await story.meeting(three, { bookedDay: 3, startsDay: 40, state: 'booked' });
    const admin = await world.api(await world.admin());
    const report = (await admin.get(`/clients/${story.clientId}/reports/cost${march}`)).body as CostReport;
    // no price was agreed in this story: only 330 of own time; 330 / 3, / 2, / 1
    expect(report.actual).toMatchObject({
      ...{ totalCents: 33_000, booked: 3, held: 2, qualified: 1 },
      ...{ costPerBookedCents: 11_000, costPerHeldCents: 16_500, costPerQualifiedCents: 33_000 },
    });
    const funnel = await admin.get(`/clients/${story.clientId}/reports/funnel${march}&view=period`);
    expect(funnel.body).toMatchObject({
      total: { counts: { meetings_booked: 3, meetings_held: 2, meetings_qualified: 1 } },
    });
  });

  it('keeps what the manager enters, with source and standing; the plan follows, the old value stays on record', async () => {
    const { client, path } = await nordia();
    const manager = await world.api(await world.person('manager', [client.id]));
    const items = [
      {
        side: 'inHouse',
        input: 'baseAnnualCents',
        value: 3_600_000,
        source: 'Grille 2026',
        isConfirmed: true,
      },
      { side: 'both', input: 'horizonMonths', value: 24 },
      { side: 'agency', input: 'feeCapCents', value: null },
    ];
    const saved = await manager.put(`${path}/cost-assumptions`, { items });
    expect(saved.status).toBe(200);
    const report = (await manager.get(`${path}/reports/cost${march}`)).body as CostReport;
    expect(report.plan.horizonMonths).toBe(24);
    expect(report.assumptions.find(({ input }) => input === 'baseAnnualCents')).toMatchObject({
      value: 3_600_000,
      origin: 'entered',
      source: 'Grille 2026',
      standing: 'confirmed',
      at: new Date(NOW).toISOString(),
    });
    // the same again writes nothing
    await manager.put(`${path}/cost-assumptions`, { items });
    const rows = await world.database.read((db) =>
      db.entities.countBy('CostAssumption', { clientId: client.id }),
    );
    expect(rows).toBe(3);
    const audited = await world.database.read((db) =>
      db.entities.findBy('AuditEntry', { act: 'cost.assumed', clientId: client.id }),
    );
    expect(audited).toHaveLength(1);
  });

  it('names the row that is wrong, and enters none of them', async () => {
    const { client, admin, path } = await nordia();
    const refused = async (items: unknown) => {
      const answer = await admin.put(`${path}/cost-assumptions`, { items });
      expect(answer.status).toBe(422);
      return Object.keys((answer.body as { fields: object }).fields);
    };
    const good = { side: 'agency', input: 'setupCents', value: 1 };
    expect(await refused([good, { side: 'agency', input: 'showRate', value: 2 }])).toEqual(['items.1.value']);
    expect(await refused([{ side: 'agency', input: 'salary', value: 2 }])).toEqual(['items.0.input']);
    expect(await refused([{ side: 'inHouse', input: 'baseAnnualCents', value: 'much' }])).toEqual([
      'items.0.value',
    ]);
    expect(await refused([{ side: 'inHouse', input: 'ramp', value: { a: 1 } }])).toEqual(['items.0.value']);
    expect(await refused([{ side: 'inHouse', input: 'tenureMonths' }])).toEqual(['items.0.value']);
    expect(await refused('none')).toEqual(['items']);
    expect(await refused([null])).not.toEqual([]);
    const rows = await world.database.read((db) =>
      db.entities.countBy('CostAssumption', { clientId: client.id }),
    );
    expect(rows).toBe(0);
  });

  it('shows a client’s user the cost, and nothing of pay, hiring or notes', async () => {
    const { client, admin, path } = await nordia();
    await admin.put(`${path}/cost-assumptions`, {
      items: [
        { side: 'inHouse', input: 'baseAnnualCents', value: 4_711_100, source: 'Fiche de paie de Luc' },
        { side: 'agency', input: 'bookedPerMonth', value: 11, source: 'Doute interne' },
      ],
    });
    const theirs = await world.api(await world.person('client', [client.id]));
    const answer = await theirs.get(`${path}/reports/cost${march}`);
    expect(answer.status).toBe(200);
    expect((answer.body as CostReport).plan.inHouse.totalCents).toBeGreaterThan(0);
    const text = JSON.stringify(answer.body);
    expect(text).not.toMatch(
      /4711100|Fiche de paie|Doute interne|baseAnnual|variableAnnual|employerRate|recruitment|replacement/,
    );
    expect((await theirs.get(`${path}/cost-assumptions`)).status).toBe(403);
    expect((await theirs.put(`${path}/cost-assumptions`, { items: [] })).status).toBe(403);
  });

  it('is not there for people of another client, and not editable for an SDR', async () => {
    const [ours, other] = [await nordia(), await nordia()];
    for (const role of ['client', 'manager', 'sdr'] as const) {
      const stranger = await world.api(await world.person(role, [other.client.id]));
      expect((await stranger.get(`${ours.path}/reports/cost`)).status, role).toBe(404);
    }
    const sdr = await world.api(await world.person('sdr', [ours.client.id]));
    expect((await sdr.put(`${ours.path}/cost-assumptions`, { items: [] })).status).toBe(403);
    expect((await sdr.get(`${ours.path}/reports/cost`)).status).toBe(200);
    expect((await ours.admin.get('/clients/not-an-id/reports/cost')).status).toBe(404);
  });

  it('names a day that is none', async () => {
    const { admin, path } = await nordia();
    for (const [query, field] of [
      ['from=2026-02-30', 'from'],
      ['from=tomorrow', 'from'],
      ['from=2026-04-02&to=2026-04-01', 'to'],
      ['from=1900-01-01&to=2026-04-01', 'to'],
    ]) {
      const answer = await admin.get(`${path}/reports/cost?${query}`);
      expect([answer.status, Object.keys((answer.body as { fields: object }).fields)]).toEqual([
        422,
        [field],
      ]);
    }
  });
});
