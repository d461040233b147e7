import { expect, it } from 'vitest';
import type { CostAnswer } from '../../src/reporting/cost/cost-answer.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('comparing costs over the API', (world) => {
  const compare = async (question: object) => {
    const answer = await (await world.api(await world.admin())).post('/cost-comparisons', question);
    return { status: answer.status, body: answer.body as CostAnswer & { fields?: object } };
  };
  const refused = async (question: object) => {
    const answer = await compare(question);
    expect(answer.status).toBe(422);
    return Object.keys(answer.body.fields ?? {});
  };

  it('answers the default year when nothing is asked, counts as exact text, money as whole cents', async () => {
    const { status, body } = await compare({});
    expect(status).toBe(200);
    // the sums are worked by hand in test/rules/cost-model.test.ts
    expect(body).toMatchObject({
      horizonMonths: 12,
      currency: 'EUR',
      agency: {
        totalCents: 4_746_000,
        booked: '102.5',
        held: '71.75',
        qualified: '43.05',
        costPerQualifiedCents: 110_244,
      },
      inHouse: { totalCents: 7_803_680, qualified: '40.32', hires: 1 },
      differenceCents: 3_057_680,
      breakEvenCashMonth: null,
      breakEvenUnitMonth: null,
      replacement: { cashCents: 960_000, lostBookings: '48' },
      indifference: { inHouseBookedPerMonth: '21.067141', retainerCents: 648_838 },
    });
    expect(body.agency.months).toHaveLength(12);
    expect(body.agency.months[1]).toEqual({
      costCents: 383_000,
      booked: '5',
      held: '3.5',
      qualified: '2.1',
      cumulativeCostCents: 916_000,
    });
    expect(body.sensitivity[0]).toEqual({
      input: 'inHouse.bookedPerMonth',
      lowCents: 241_930,
      baseCents: 193_544,
      highCents: 161_286,
    });
  });

  it('works the check done by hand in the specification', async () => {
    const { body } = await compare({
      horizonMonths: 1,
      currency: 'CHF',
      agency: {
        setupCents: 100_000,
        retainerCents: 0,
        dayRateCents: 33_333,
        daysPerMonth: 1.5,
        coordinationHours: 0,
        launchDelayMonths: 0,
        ramp: [],
        bookedPerMonth: 10,
        showRate: 0.5,
        qualifiedRate: 0.5,
      },
    });
    expect(body.currency).toBe('CHF');
    expect(body.agency).toMatchObject({
      totalCents: 150_000,
      qualified: '2.5',
      costPerQualifiedCents: 60_000,
    });
  });

  it('gives null, not zero or infinity, when nothing is qualified', async () => {
    const { body } = await compare({ agency: { qualifiedRate: 0 }, inHouse: { bookedPerMonth: 0 } });
    expect([body.agency.costPerQualifiedCents, body.inHouse.costPerBookedCents]).toEqual([null, null]);
    expect(body.indifference).toEqual({ inHouseBookedPerMonth: null, retainerCents: null });
  });

  it('names the field that is wrong', async () => {
    expect(await refused({ horizonMonths: 0 })).toEqual(['horizonMonths']);
    expect(await refused({ horizonMonths: 121 })).toEqual(['horizonMonths']);
    expect(await refused({ horizonMonths: 1.5 })).toEqual(['horizonMonths']);
    expect(await refused({ currency: 'JPY' })).toEqual(['currency']);
    expect(await refused({ currency: 7 })).toEqual(['currency']);
    expect(await refused({ agency: { retainerCents: -1 } })).toEqual(['agency.retainerCents']);
    expect(await refused({ agency: { retainerCents: 0.5 } })).toEqual(['agency.retainerCents']);
    expect(await refused({ agency: { retainerCents: null } })).toEqual(['agency.retainerCents']);
    expect(await refused({ agency: { retainerCents: '350000' } })).toEqual(['agency.retainerCents']);
    expect(await refused({ agency: { feeBasis: 'sold' } })).toEqual(['agency.feeBasis']);
    expect(await refused({ agency: { showRate: 1.01 } })).toEqual(['agency.showRate']);
    expect(await refused({ agency: { feeCapCents: -1 } })).toEqual(['agency.feeCapCents']);
    expect(await refused({ agency: { ramp: [0.5, 2] } })).toEqual(['agency.ramp']);
    expect(await refused({ agency: { ramp: 'fast' } })).toEqual(['agency.ramp']);
    expect(await refused({ agency: { ramp: [[0.5]] } })).toEqual(['agency.ramp']);
    expect(await refused({ inHouse: { tenureMonths: 0 } })).toEqual(['inHouse.tenureMonths']);
    expect(await refused({ inHouse: { toolsDuringVacancy: 'yes' } })).toEqual(['inHouse.toolsDuringVacancy']);
    expect(await refused({ inHouse: { salary: 1 } })).toEqual(['inHouse.salary']);
    expect((await refused({ agency: { setupCents: -1 }, inHouse: { employerRate: 9 } })).sort()).toEqual([
      'agency.setupCents',
      'inHouse.employerRate',
    ]);
  });

  it('refuses what is no question at all', async () => {
    expect(await refused({ agency: [] })).toEqual(['agency']);
    expect(await refused({ agency: null })).toEqual(['agency']);
    expect(await refused({ inHouse: 'none' })).toEqual(['inHouse']);
    expect(await refused({ agency: { ramp: Array<number>(121).fill(1) } })).toEqual(['agency.ramp']);
  });

  it('survives every hostile number: refused, or answered, never a failure', async () => {
    const api = await world.api(await world.admin());
    for (const number of ['1e400', '-1e400', '1e-320', '9007199254740993', '1e21', '-0', '0.1e-18']) {
      const body = `{"agency":{"bookedPerMonth":${number}},"inHouse":{"showRate":${number}}}`;
      const answer = await api.post('/cost-comparisons').set('content-type', 'application/json').send(body);
      expect([200, 400, 422], number).toContain(answer.status);
    }
    const most = await compare({
      horizonMonths: 120,
      agency: {
        feePerUnitCents: 1e9,
        bookedPerMonth: 10_000,
        showRate: 1,
        feeBasis: 'booked',
        dayRateCents: 1e9,
        daysPerMonth: 31,
      },
      inHouse: {
        baseAnnualCents: 1e9,
        variableAnnualCents: 1e9,
        employerRate: 2,
        recruitmentRate: 2,
        tenureMonths: 1,
        vacancyMonths: 0,
      },
    });
    expect(most.status).toBe(200);
    expect(Number.isSafeInteger(most.body.agency.totalCents)).toBe(true);
    const trace = await compare({ agency: { bookedPerMonth: 1e-15, showRate: 1e-15, qualifiedRate: 1e-15 } });
    expect([trace.status, trace.body.agency.costPerQualifiedCents]).toEqual([200, null]);
  });

  it('is for the agency: a client’s user and a stranger are turned away', async () => {
    expect((await (await world.api()).post('/cost-comparisons', {})).status).toBe(401);
    const { client } = await readyClient(world);
    const theirs = await world.api(await world.person('client', [client.id]));
    expect((await theirs.post('/cost-comparisons', {})).status).toBe(403);
  });
});
