import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PRICE, type PriceTerms } from '../../src/clients/engagement-terms.js';
import {
  actualCost,
  type BilledEngagement,
  type BilledMeeting,
} from '../../src/reporting/cost/actual-cost.js';
import { type Period, periodOf } from '../../src/shared/period.js';

const ZONE = 'Europe/Paris';
const LATER = new Date('2027-01-01T00:00:00Z');
const OWN = { toolsCents: 0, coordinationHours: 0, coordinationHourCents: 0 };
const days = (from: string, to: string): Period => periodOf(from, to, ZONE) as Period;

function terms(price: Partial<PriceTerms>, more: Partial<BilledEngagement> = {}): BilledEngagement {
  const version = {
    version: 1,
    appliesFromOn: '2026-01-01',
    price: { ...NO_PRICE, ...price },
  };
  return { startsOn: '2026-01-01', endsOn: null, versions: [version], ...more };
}

function meeting(
  day: string,
  price: Partial<PriceTerms> | null,
  more: Partial<BilledMeeting> = {},
): BilledMeeting {
  return {
    state: 'held',
    qualification: 'accepted',
    bookedAt: new Date('2026-01-02T09:00:00Z'),
    startsAt: new Date(`${day}T09:00:00Z`),
    price: price && { ...NO_PRICE, ...price },
    ...more,
  };
}

const cost = (asked: {
  period: Period;
  engagements?: BilledEngagement[];
  meetings?: BilledMeeting[];
  own?: typeof OWN;
  now?: Date;
}) => actualCost({ engagements: [], meetings: [], own: OWN, now: LATER, ...asked });

describe('what a period really cost', () => {
  it('a whole first month bears the setup, the retainer, the days, and the client’s own tools and hours', () => {
    const engagements = [
      terms({ setupCents: 1_500_00, retainerCents: 3_500_00, dayRateCents: 333_33, daysPerMonth: 1.5 }),
    ];
    const own = { toolsCents: 50_00, coordinationHours: 6, coordinationHourCents: 55_00 };
    const { lines, totalCents } = cost({ period: days('2026-01-01', '2026-01-31'), engagements, own });
    // 1.5 × 333.33 = 499.995 → 500.00; 6 × 55 = 330
    expect(lines).toEqual({
      setup: 1_500_00,
      retainer: 3_500_00,
      days: 500_00,
      fee: 0,
      tools: 50_00,
      coordination: 330_00,
    });
    expect(totalCents).toBe(5_880_00);
  });

  it('the setup belongs to the day the engagement starts, and to no other month', () => {
    const engagements = [terms({ setupCents: 1_500_00 })];
    expect(cost({ period: days('2026-02-01', '2026-12-31'), engagements }).totalCents).toBe(0);
  });

  it('a part of a month bears its days: 10 of 31 of 3,100.00 are 1,000.00', () => {
    const engagements = [terms({ retainerCents: 3_100_00 })];
    expect(cost({ period: days('2026-01-05', '2026-01-14'), engagements }).lines.retainer).toBe(1_000_00);
  });

  it('an engagement that ends on the 14th of February bears half of it', () => {
    const engagements = [terms({ retainerCents: 2_800_00 }, { endsOn: '2026-02-14' })];
    expect(cost({ period: days('2026-02-01', '2026-03-31'), engagements }).lines.retainer).toBe(1_400_00);
  });

  it('the running month costs the days gone by, today included', () => {
    const engagements = [terms({ retainerCents: 3_100_00 })];
    const now = new Date('2026-01-10T08:00:00Z');
    expect(cost({ period: days('2026-01-01', '2026-01-31'), engagements, now }).lines.retainer).toBe(
      1_000_00,
    );
    expect(cost({ period: days('2026-02-01', '2026-02-28'), engagements, now }).totalCents).toBe(0);
  });

  const amended = (appliesFromOn: string, price: Partial<PriceTerms>): BilledEngagement => {
    const before = terms({ setupCents: 500_00, retainerCents: 1_000_00 }).versions[0]!;
    const after = { version: 2, appliesFromOn, price: { ...NO_PRICE, ...price } };
    return terms({}, { versions: [before, after] });
  };

  it('new terms count from the day they apply from', () => {
    const engagements = [amended('2026-03-01', { retainerCents: 2_000_00 })];
    // January 1,000, February still 1,000, March 2,000
    expect(cost({ period: days('2026-01-01', '2026-03-31'), engagements }).lines.retainer).toBe(4_000_00);
  });

  it('a month in which they change is billed in two parts', () => {
    const engagements = [amended('2026-02-15', { retainerCents: 2_000_00 })];
    // 14 of 28 days of 1,000 and 14 of 28 of 2,000
    expect(cost({ period: days('2026-02-01', '2026-02-28'), engagements }).lines.retainer).toBe(1_500_00);
  });

  it('a correction from the first day leaves nothing of what was wrong, the setup included', () => {
    const engagements = [amended('2026-01-01', { setupCents: 1_500_00, retainerCents: 2_000_00 })];
    const { lines } = cost({ period: days('2026-01-01', '2026-01-31'), engagements });
    expect(lines).toMatchObject({ setup: 1_500_00, retainer: 2_000_00 });
  });
});

describe('the fee of the meetings of a period', () => {
  const fee = { feePerUnitCents: 250_00, includedUnits: 2, feeCapCents: 600_00 };
  const held = { ...fee, feeBasis: 'held' as const };
  const january = days('2026-01-01', '2026-01-31');

  it('begins after the included ones and stops at the cap, each month anew', () => {
    const meetings = ['05', '06', '07', '08', '09', '12'].map((day) => meeting(`2026-01-${day}`, fee));
    // 6 qualified − 2 included = 4 × 250 = 1,000, capped at 600
    expect(cost({ period: january, meetings }).lines.fee).toBe(600_00);
    // 3 qualified: 1 × 250
    expect(cost({ period: january, meetings: meetings.slice(0, 3) }).lines.fee).toBe(250_00);
    // the 2 included in January leave February's untouched: 3 there are one paid
    const february = ['03', '04', '05'].map((day) => meeting(`2026-02-${day}`, fee));
    const both = days('2026-01-01', '2026-02-28');
    expect(cost({ period: both, meetings: [...meetings.slice(0, 2), ...february] }).lines.fee).toBe(250_00);
  });

  it('counts the included ones from the first of the month, though the period begins later', () => {
    const meetings = ['05', '06', '20'].map((day) => meeting(`2026-01-${day}`, fee));
    expect(cost({ period: days('2026-01-15', '2026-01-31'), meetings }).lines.fee).toBe(250_00);
  });

  it('is under the terms frozen on each meeting, and nothing without terms', () => {
    const meetings = [
      meeting('2026-01-05', { feePerUnitCents: 100_00 }),
      meeting('2026-01-06', { feePerUnitCents: 300_00 }),
    ];
    expect(cost({ period: january, meetings }).lines.fee).toBe(400_00);
    expect(cost({ period: january, meetings: [meeting('2026-01-05', null)] }).lines.fee).toBe(0);
  });

  it('a host who does not come is billed as held, yet no meeting was held', () => {
    const missed = meeting(
      '2026-01-05',
      { ...held, includedUnits: 0 },
      { state: 'no_show_host', qualification: 'none' },
    );
    const { lines, held: heldCount, costPerHeldCents } = cost({ period: january, meetings: [missed] });
    expect([lines.fee, heldCount, costPerHeldCents]).toEqual([250_00, 0, null]);
    const absent = { ...missed, state: 'no_show_guest' as const };
    expect(cost({ period: january, meetings: [absent] }).lines.fee).toBe(0);
  });

  it('a contested meeting is not billed as qualified', () => {
    const contested = meeting('2026-01-05', { ...fee, includedUnits: 0 }, { qualification: 'contested' });
    expect(cost({ period: january, meetings: [contested] }).lines.fee).toBe(0);
  });
});

describe('what a meeting really cost', () => {
  it('divides the cost of the period by its meetings: booked by booking date, held and qualified by meeting date', () => {
    const engagements = [terms({ retainerCents: 3_100_00 })];
    const meetings = [
      meeting('2026-01-12', null),
      meeting('2026-01-13', null, { qualification: 'contested' }),
      meeting('2026-02-03', null),
    ];
    const { booked, held, qualified, ...units } = cost({
      period: days('2026-01-01', '2026-01-31'),
      engagements,
      meetings,
    });
    expect([booked, held, qualified]).toEqual([3, 2, 1]);
    // 3,100 / 3 = 1,033.333; / 2 = 1,550; / 1
    expect(units).toMatchObject({
      costPerBookedCents: 1_033_33,
      costPerHeldCents: 1_550_00,
      costPerQualifiedCents: 3_100_00,
    });
  });

  it('is not said without a meeting', () => {
    const engagements = [terms({ retainerCents: 3_100_00 })];
    expect(cost({ period: days('2026-01-01', '2026-01-31'), engagements }).costPerBookedCents).toBeNull();
  });
});

describe('laws', () => {
  it('two halves of a period cost what the whole costs, wherever it is cut', () => {
    const day = fc.integer({ min: 0, max: 180 });
    const on = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
    const dear = { setupCents: 1_00, retainerCents: 3_333_33, dayRateCents: 777_77, daysPerMonth: 2.5 };
    const cheap = { ...NO_PRICE, retainerCents: 1_111_17 };
    const versions = [
      ...terms(dear).versions,
      { version: 2, appliesFromOn: '2026-03-14', price: cheap },
      { version: 3, appliesFromOn: '2026-03-25', price: { ...NO_PRICE, ...dear } },
    ];
    const engagements = [terms({}, { startsOn: '2026-01-20', endsOn: '2026-05-11', versions })];
    const price = { feePerUnitCents: 111_11, includedUnits: 1, feeCapCents: 300_00 };
    fc.assert(
      fc.property(day, day, day, fc.array(day, { maxLength: 12 }), (a, b, c, met) => {
        const [from, cut, to] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const meetings = met.map((n) => meeting(on(n), price));
        const own = { toolsCents: 99_99, coordinationHours: 1.3, coordinationHourCents: 55_55 };
        const of = (first: number, last: number) =>
          cost({ period: days(on(first), on(last)), engagements, meetings, own }).totalCents;
        expect(of(from, cut) + of(cut + 1, to + 1)).toBe(of(from, to + 1));
      }),
      { numRuns: 200 },
    );
  });
});
