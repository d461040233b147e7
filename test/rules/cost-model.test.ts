import { describe, expect, it } from 'vitest';
import type { AgencyAssumptions } from '../../src/reporting/cost/cost-agency.js';
import { costAnswer } from '../../src/reporting/cost/cost-answer.js';
import type { InHouseAssumptions } from '../../src/reporting/cost/cost-in-house.js';
import { cheaperPerQualified, compareCosts, withDefaults } from '../../src/reporting/cost/cost-model.js';

/** An agency that costs nothing and books at full speed from the first month. */
const FREE_AGENCY: AgencyAssumptions = {
  setupCents: 0,
  retainerCents: 0,
  retainerDuringDelay: false,
  dayRateCents: 0,
  daysPerMonth: 0,
  feePerUnitCents: 0,
  feeBasis: 'held',
  includedUnits: 0,
  feeCapCents: null,
  toolsCents: 0,
  coordinationHours: 0,
  coordinationHourCents: 0,
  launchDelayMonths: 0,
  ramp: [],
  bookedPerMonth: 10,
  showRate: 0.5,
  qualifiedRate: 0.5,
};

/** An SDR who costs nothing, starts on the first day at full speed and stays for ten years. */
const FREE_SDR: InHouseAssumptions = {
  baseAnnualCents: 0,
  variableAnnualCents: 0,
  variableGuaranteeMonths: 0,
  employerRate: 0,
  benefitsCents: 0,
  toolsCents: 0,
  dataCents: 0,
  managementCents: 0,
  workspaceCents: 0,
  recruitmentRate: 0,
  recruitmentFixedCents: 0,
  onboardingCents: 0,
  equipmentCents: 0,
  exitCents: 0,
  hiringLeadMonths: 0,
  ramp: [],
  tenureMonths: 120,
  vacancyMonths: 0,
  toolsDuringVacancy: false,
  bookedPerMonth: 10,
  showRate: 0.5,
  qualifiedRate: 0.5,
};

interface Story {
  months?: number;
  agency?: Partial<AgencyAssumptions>;
  sdr?: Partial<InHouseAssumptions>;
}

function compare({ months = 1, agency = {}, sdr = {} }: Story) {
  const comparison = compareCosts({
    horizonMonths: months,
    currency: 'EUR',
    agency: { ...FREE_AGENCY, ...agency },
    inHouse: { ...FREE_SDR, ...sdr },
  });
  return costAnswer(comparison);
}

const costs = (side: { months: { costCents: number }[] }) => side.months.map((month) => month.costCents);
const cumulative = (side: { months: { cumulativeCostCents: number }[] }) =>
  side.months.map((month) => month.cumulativeCostCents);
const booked = (side: { months: { booked: string }[] }) => side.months.map((month) => month.booked);

describe('the check done by hand in the specification', () => {
  it('a setup of 1,000.00 and a day and a half at 333.33 buy 2.5 qualified meetings at 600.00 each', () => {
    const { agency } = compare({ agency: { setupCents: 1_000_00, dayRateCents: 333_33, daysPerMonth: 1.5 } });
    // 1.5 × 333.33 = 499.995, half a cent goes up: 500.00; 1,000.00 + 500.00 = 1,500.00
    expect(agency.totalCents).toBe(1_500_00);
    // 10 booked × 0.5 shown × 0.5 qualified
    expect([agency.booked, agency.held, agency.qualified]).toEqual(['10', '5', '2.5']);
    // 1,500 / 10, / 5, / 2.5
    expect(agency.costPerBookedCents).toBe(150_00);
    expect(agency.costPerHeldCents).toBe(300_00);
    expect(agency.costPerQualifiedCents).toBe(600_00);
  });
});

describe('a year with every default', () => {
  const year = costAnswer(compareCosts(withDefaults({})));

  it('the agency costs 3,830.00 a month after a first month of 5,330.00', () => {
    // retainer 3,500 (paid during the delay too) + coordination 6 h × 55 = 330 → 3,830; setup 1,500 in month 1
    expect(costs(year.agency)).toEqual([5_330_00, ...Array<number>(11).fill(3_830_00)]);
    // 1,500 + 12 × 3,830 = 47,460
    expect(year.agency.totalCents).toBe(47_460_00);
  });

  it('the agency books from the second month, at half speed, three quarters, then ten a month', () => {
    // L = 1; ramp 0.5 and 0.75 of 10; then 10 for the nine months 4 to 12
    expect(booked(year.agency)).toEqual(['0', '5', '7.5', ...Array<string>(9).fill('10')]);
    // 5 + 7.5 + 90 = 102.5; × 0.7 = 71.75; × 0.6 = 43.05
    expect([year.agency.booked, year.agency.held, year.agency.qualified]).toEqual([
      '102.5',
      '71.75',
      '43.05',
    ]);
  });

  it('the agency charges 463.02 a booked meeting, 661.46 a held one, 1,102.44 a qualified one', () => {
    // 47,460 / 102.5 = 463.0243…; / 71.75 = 661.4634…; / 43.05 = 1,102.4390…
    expect(year.agency.costPerBookedCents).toBe(463_02);
    expect(year.agency.costPerHeldCents).toBe(661_46);
    expect(year.agency.costPerQualifiedCents).toBe(1_102_44);
  });

  it('the SDR costs nothing while being hired, 17,253.68 in the first month, 6,753.68 in the nine that follow', () => {
    // pay: 32,000 / 12 = 2,666.67; 8,000 / 12 = 666.67 (guaranteed to k = 3, then ramp 1) → 3,333.34
    // contributions: 0.3511 × 3,333.34 = 1,170.3357 → 1,170.34
    // around the seat: 200 + 300 + 100 + 1,400 + 250 = 2,250
    // 3,333.34 + 1,170.34 + 2,250 = 6,753.68 a month
    // hire: 20 % × 40,000 = 8,000, onboarding 1,000, equipment 1,500 → 10,500 more in the first month
    expect(costs(year.inHouse)).toEqual([0, 0, 17_253_68, ...Array<number>(9).fill(6_753_68)]);
    // 10 × 6,753.68 + 10,500
    expect(year.inHouse.totalCents).toBe(78_036_80);
    expect(year.inHouse.hires).toBe(1);
  });

  it('the SDR books nothing for three months, then 3.96, 8.04 and twelve a month', () => {
    // H = 2 empty months, ramp 0, 0.33, 0.67 of 12, then 12 for k = 4 to 10
    expect(booked(year.inHouse)).toEqual(['0', '0', '0', '3.96', '8.04', ...Array<string>(7).fill('12')]);
    // 3.96 + 8.04 + 84 = 96; × 0.7 = 67.2; × 0.6 = 40.32
    expect([year.inHouse.booked, year.inHouse.held, year.inHouse.qualified]).toEqual(['96', '67.2', '40.32']);
    // 78,036.80 / 40.32 = 1,935.4365…
    expect(year.inHouse.costPerQualifiedCents).toBe(1_935_44);
  });

  it('the running totals grow month by month', () => {
    // agency: 5,330 then + 3,830; in-house: 17,253.68 at month 3 then + 6,753.68
    expect(cumulative(year.agency).slice(0, 4)).toEqual([5_330_00, 9_160_00, 12_990_00, 16_820_00]);
    expect(cumulative(year.inHouse).slice(0, 5)).toEqual([0, 0, 17_253_68, 24_007_36, 30_761_04]);
  });

  it('the agency wins the year by 30,576.80, and in-house never catches up', () => {
    expect(year.differenceCents).toBe(30_576_80);
    // cheaper in months 1 and 2 only because nobody is hired yet: that is no break-even
    expect(year.breakEvenCashMonth).toBeNull();
    expect(year.breakEvenUnitMonth).toBeNull();
  });

  it('replacing one leaver costs 9,600.00 and 48 bookings', () => {
    // 8,000 recruitment + 1,000 onboarding + 0 exit + 2 months of tools at 300
    expect(year.replacement.cashCents).toBe(9_600_00);
    // 12 × (2 vacant months + 1 + 0.67 + 0.33) = 12 × 4
    expect(year.replacement.lostBookings).toBe('48');
  });

  it('is a tie at 21.07 in-house bookings a month, or at a retainer of 6,488.38', () => {
    // CPQ_in / CPQ_ag = (78,036.80 × 43.05) / (40.32 × 47,460) = 3,359,484.24 / 1,913,587.2
    // = 1.7555950625…, times 12 = 21.06714075…
    expect(year.indifference.inHouseBookedPerMonth).toBe('21.067141');
    // 43.05 × 78,036.80 / 40.32 = 83,320.5417; less the other agency cost 1,500 + 12 × 330 = 5,460
    // = 77,860.5417; over 12 billed months = 6,488.3785
    expect(year.indifference.retainerCents).toBe(6_488_38);
  });
});

describe('the retainer while the campaign is not launched', () => {
  it('is not billed, nor are the days, when the contract says so; tools and coordination run from month 1', () => {
    const { agency } = compare({
      months: 3,
      agency: {
        launchDelayMonths: 2,
        retainerCents: 1_000_00,
        dayRateCents: 500_00,
        daysPerMonth: 2,
        toolsCents: 50_00,
        coordinationHours: 1.5,
        coordinationHourCents: 60_00,
      },
    });
    // before launch 50 + 1.5 × 60 = 140; after it 140 + 1,000 + 2 × 500
    expect(costs(agency)).toEqual([140_00, 140_00, 2_140_00]);
    expect(booked(agency)).toEqual(['0', '0', '10']);
  });

  it('a campaign that never launches inside the horizon has no unit cost, and no retainer makes it a tie', () => {
    const answer = compare({ months: 2, agency: { launchDelayMonths: 2, toolsCents: 50_00 } });
    expect(answer.agency.totalCents).toBe(100_00);
    expect(answer.agency.costPerBookedCents).toBeNull();
    expect(answer.agency.costPerHeldCents).toBeNull();
    expect(answer.agency.costPerQualifiedCents).toBeNull();
    expect(answer.indifference).toEqual({ inHouseBookedPerMonth: null, retainerCents: null });
  });
});

describe('a fee per meeting', () => {
  // 10 booked × 0.5 = 5 held × 0.5 = 2.5 qualified a month
  it.each([
    ['booked', 1_000_00],
    ['held', 500_00],
    ['qualified', 250_00],
  ] as const)('counts the %s ones', (feeBasis, cents) => {
    expect(compare({ agency: { feePerUnitCents: 100_00, feeBasis } }).agency.totalCents).toBe(cents);
  });

  it('begins after the included units, and never turns into a credit', () => {
    const perHeld = { feePerUnitCents: 100_00, feeBasis: 'held' as const };
    // 5 held, 3.5 included: 1.5 × 100
    expect(compare({ agency: { ...perHeld, includedUnits: 3.5 } }).agency.totalCents).toBe(150_00);
    // 5 held, 8 included: nothing, not −300
    expect(compare({ agency: { ...perHeld, includedUnits: 8 } }).agency.totalCents).toBe(0);
  });

  it('stops at the monthly cap; the included units come off before it', () => {
    const agency = { feePerUnitCents: 100_00, feeBasis: 'held' as const, includedUnits: 1 };
    // (5 − 1) × 100 = 400, over a cap of 350, under one of 450
    expect(compare({ agency: { ...agency, feeCapCents: 350_00 } }).agency.totalCents).toBe(350_00);
    expect(compare({ agency: { ...agency, feeCapCents: 450_00 } }).agency.totalCents).toBe(400_00);
    // the cap is monthly: a slow month does not leave room for a fast one
    const ramped = compare({ months: 2, agency: { ...agency, ramp: [0.4], feeCapCents: 350_00 } }).agency;
    // month 1: 5 × 0.4 = 2 held, 1 paid → 100; month 2: 350
    expect(costs(ramped)).toEqual([100_00, 350_00]);
  });

  it('with a cap of zero is free, which is not the same as no cap', () => {
    const agency = { feePerUnitCents: 100_00 };
    expect(compare({ agency: { ...agency, feeCapCents: 0 } }).agency.totalCents).toBe(0);
    expect(compare({ agency: { ...agency, feeCapCents: null } }).agency.totalCents).toBe(500_00);
  });

  it('is rounded month by month, so the year is the sum of what the invoices say', () => {
    // 1 booked × 0.5 held at 33.33 = 16.665 → 16.67 a month; three months 50.01, not 49.995 → 50.00
    const { agency } = compare({ months: 3, agency: { bookedPerMonth: 1, feePerUnitCents: 33_33 } });
    expect(costs(agency)).toEqual([16_67, 16_67, 16_67]);
    expect(agency.totalCents).toBe(50_01);
  });
});

describe('the pay of an in-house SDR', () => {
  it('rounds a twelfth of the base half-up, every month', () => {
    // 100.00 / 12 = 8.3333 → 8.33, twelve times 99.96
    expect(compare({ months: 12, sdr: { baseAnnualCents: 100_00 } }).inHouse.totalCents).toBe(99_96);
    // 0.06 / 12 = half a cent → 0.01
    expect(compare({ sdr: { baseAnnualCents: 6 } }).inHouse.totalCents).toBe(1);
  });

  it('pays the variable in full during the guarantee, then with the ramp, then in full', () => {
    const { inHouse } = compare({
      months: 5,
      sdr: { variableAnnualCents: 12_000_00, variableGuaranteeMonths: 2, ramp: [0, 0.25, 0.5, 0.75] },
    });
    // 1,000 a month: k = 1, 2 guaranteed; k = 3 × 0.5; k = 4 × 0.75; k = 5 beyond the ramp
    expect(costs(inHouse)).toEqual([1_000_00, 1_000_00, 500_00, 750_00, 1_000_00]);
    // the guarantee pays, it does not book
    expect(booked(inHouse)).toEqual(['0', '2.5', '5', '7.5', '10']);
  });

  it('does not lose a half cent to a twelfth that never ends', () => {
    // 1.00 × 0.06 / 12 is exactly half a cent → 0.01, though 1.00 / 12 alone is 8.333… cents
    expect(compare({ sdr: { variableAnnualCents: 100, ramp: [0.06] } }).inHouse.totalCents).toBe(1);
  });

  it('adds the contributions on the rounded pay', () => {
    // base 0.06 / 12 → 0.01, variable 0.06 / 12 → 0.01; e = 0.25: 0.25 × 0.02 = 0.005 → 0.01, total 0.03
    // on unrounded pay it would be 0.25 × 0.01 = 0.0025 → 0, total 0.02
    const sdr = { baseAnnualCents: 6, variableAnnualCents: 6, employerRate: 0.25 };
    expect(compare({ sdr }).inHouse.totalCents).toBe(3);
  });
});

describe('a chair that changes hands', () => {
  const sdr: Partial<InHouseAssumptions> = {
    hiringLeadMonths: 1,
    tenureMonths: 2,
    vacancyMonths: 2,
    toolsCents: 10_00,
    managementCents: 100_00,
    baseAnnualCents: 1_200_00,
    recruitmentRate: 0.5,
    recruitmentFixedCents: 7_00,
    onboardingCents: 20_00,
    equipmentCents: 40_00,
    exitCents: 5_00,
    ramp: [0.5],
  };

  it('runs lead, tenure, vacancy, tenure…, without a second lead and without a second laptop', () => {
    const { inHouse } = compare({ months: 8, sdr: { ...sdr, toolsDuringVacancy: true } });
    // an occupied month: base 100 + tools 10 + management 100 = 210
    // a hire: recruitment 50 % × 1,200 = 600, + 7 + onboarding 20 = 627; the first also a laptop at 40
    expect(costs(inHouse)).toEqual([
      0, // lead
      210_00 + 627_00 + 40_00, // k = 1
      210_00 + 5_00, // k = 2 = X: the exit
      10_00, // vacant, tools paid
      10_00,
      210_00 + 627_00, // the next hire, same laptop
      210_00 + 5_00,
      10_00,
    ]);
    expect(inHouse.hires).toBe(2);
    // the newcomer ramps up again
    expect(booked(inHouse)).toEqual(['0', '5', '10', '0', '0', '5', '10', '0']);
  });

  it('costs nothing while empty when the tools are stopped', () => {
    const { inHouse } = compare({ months: 5, sdr: { ...sdr, toolsDuringVacancy: false } });
    expect(costs(inHouse).slice(3)).toEqual([0, 0]);
  });

  it('is cut at the horizon: no exit is paid for somebody who is still there', () => {
    const { inHouse } = compare({ months: 2, sdr });
    // 210 + 627 + 40, and no exit: k = 1 of 2
    expect(inHouse.totalCents).toBe(877_00);
  });

  it('pays arrival and exit in one month for a tenure of one', () => {
    const { inHouse } = compare({
      months: 3,
      sdr: { ...sdr, hiringLeadMonths: 0, tenureMonths: 1, vacancyMonths: 0 },
    });
    // 210 + 627 + 5, and the laptop the first time
    expect(costs(inHouse)).toEqual([882_00, 842_00, 842_00]);
    expect(inHouse.hires).toBe(3);
  });

  it('has nobody and costs nothing when the lead outlasts the horizon', () => {
    const { inHouse } = compare({ months: 3, sdr: { ...sdr, hiringLeadMonths: 3 } });
    expect([inHouse.totalCents, inHouse.hires, inHouse.costPerQualifiedCents]).toEqual([0, 0, null]);
  });

  it('replacing that leaver costs recruitment, fixed part, onboarding, exit and the tools of the vacancy', () => {
    // 600 + 7 + 20 + 5 + 2 × 10, no laptop
    const { replacement } = compare({ sdr: { ...sdr, toolsDuringVacancy: true } });
    expect(replacement).toEqual({ cashCents: 652_00, lostBookings: '25' }); // 10 × (2 + 0.5)
    expect(compare({ sdr: { ...sdr, toolsDuringVacancy: false } }).replacement.cashCents).toBe(632_00);
  });
});

describe('break-even', () => {
  it('in cash comes in the month after which in-house is never dearer again', () => {
    // agency 100 a month; in-house 250 once, then 50: 100 < 300, 200 < 350, 300 < 400, 400 < 450, 500 = 500, 600 > 550
    const answer = compare({
      months: 6,
      agency: { retainerCents: 100_00 },
      sdr: { onboardingCents: 250_00, benefitsCents: 50_00 },
    });
    expect(answer.breakEvenCashMonth).toBe(5);
    // months cost the same number of meetings on both sides, so the unit cost crosses with the cash
    expect(answer.breakEvenUnitMonth).toBe(5);
    expect(answer.differenceCents).toBe(-50_00);
  });

  it('in cash does not count an early lead that is lost again', () => {
    // in-house 0, 0 (hiring), then 500: ahead for two months, behind at the end
    const answer = compare({
      months: 3,
      agency: { retainerCents: 100_00 },
      sdr: { hiringLeadMonths: 2, onboardingCents: 500_00 },
    });
    expect(answer.breakEvenCashMonth).toBeNull();
  });

  it('in cash does not stand when the seat is refilled at a loss, and stands after it', () => {
    // agency 100 a month; in-house 60 a month, 110 in months 1 and 4 (tenure 3, onboarding 50)
    // cumulative 110, 170, 230, 340, 400, 460 against 100, 200, 300, 400…: from month 2 on
    const sdr = { benefitsCents: 60_00, onboardingCents: 50_00, tenureMonths: 3 };
    expect(compare({ months: 6, agency: { retainerCents: 100_00 }, sdr }).breakEvenCashMonth).toBe(2);
    // onboarding 120: 180, 240, 300, 480, 540, 600 against 100 … 600: level at month 3, lost at 4, level at 6
    const dear = { ...sdr, onboardingCents: 120_00 };
    expect(compare({ months: 6, agency: { retainerCents: 100_00 }, sdr: dear }).breakEvenCashMonth).toBe(6);
  });

  it('is month 1 when in-house is cheaper from the start', () => {
    const answer = compare({ months: 4, agency: { retainerCents: 100_00 } });
    expect([answer.breakEvenCashMonth, answer.breakEvenUnitMonth]).toEqual([1, 1]);
  });

  it('per qualified meeting waits for the first one of the SDR, whatever the cash says', () => {
    // the SDR is free but ramps 0, 0: nothing to divide by until month 3
    const answer = compare({ months: 4, agency: { retainerCents: 100_00 }, sdr: { ramp: [0, 0] } });
    expect([answer.breakEvenCashMonth, answer.breakEvenUnitMonth]).toEqual([1, 3]);
  });

  it('per qualified meeting is reached when only the agency has nothing to show', () => {
    const answer = compare({
      months: 2,
      agency: { launchDelayMonths: 2 },
      sdr: { benefitsCents: 900_00 },
    });
    expect([answer.breakEvenCashMonth, answer.breakEvenUnitMonth]).toEqual([null, 1]);
  });

  it('per qualified meeting is not reached when neither has anything to show', () => {
    const answer = compare({ months: 2, agency: { qualifiedRate: 0 }, sdr: { qualifiedRate: 0 } });
    expect(answer.breakEvenUnitMonth).toBeNull();
  });
});

describe('the point of indifference', () => {
  it('is where the SDR books in proportion to the unit costs', () => {
    // 2.5 qualified each; in-house 500 → 200 each, agency 250 → 100 each: the SDR needs 10 × 200 / 100 = 20
    const answer = compare({ agency: { retainerCents: 250_00 }, sdr: { benefitsCents: 500_00 } });
    expect(answer.indifference.inHouseBookedPerMonth).toBe('20');
    // 2.5 × 200 − 0 over one month = 500
    expect(answer.indifference.retainerCents).toBe(500_00);
  });

  it('spreads the retainer over the months that are billed', () => {
    // month 1 is delay, unbilled: agency 2.5 qualified in month 2, setup 60; in-house 5 qualified for 200 → 40 each
    // (2.5 × 40 − 60) / 1 = 40
    const answer = compare({
      months: 2,
      agency: { launchDelayMonths: 1, setupCents: 60_00, retainerCents: 999_00 },
      sdr: { benefitsCents: 100_00 },
    });
    expect(answer.indifference.retainerCents).toBe(40_00);
  });

  it('is a negative retainer when even a free one would not match the SDR', () => {
    // agency setup alone 500 for 2.5; SDR 100 for 2.5: 2.5 × 40 − 500 = −400
    const answer = compare({ agency: { setupCents: 500_00 }, sdr: { benefitsCents: 100_00 } });
    expect(answer.indifference.retainerCents).toBe(-400_00);
  });

  it('has no number of bookings against an agency that is free', () => {
    const answer = compare({ sdr: { benefitsCents: 100_00 } });
    expect(answer.indifference.inHouseBookedPerMonth).toBeNull();
  });
});

describe('who is cheaper per qualified meeting', () => {
  const verdict = (story: Story) =>
    cheaperPerQualified(
      compareCosts({
        horizonMonths: 1,
        currency: 'EUR',
        agency: { ...FREE_AGENCY, ...story.agency },
        inHouse: { ...FREE_SDR, ...story.sdr },
      }),
    );

  it('may be the in-house SDR, and the model says so', () => {
    expect(verdict({ agency: { retainerCents: 100_00 } })).toBe('in_house');
    expect(verdict({ sdr: { benefitsCents: 100_00 } })).toBe('agency');
    expect(verdict({})).toBe('equal');
  });

  it('is nobody when one side has no qualified meeting', () => {
    expect(verdict({ sdr: { qualifiedRate: 0 } })).toBeNull();
  });
});
