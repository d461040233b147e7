import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PRICE } from '../../src/clients/engagement-terms.js';
import {
  assumptionSheet,
  type EnteredAssumption,
  questionOf,
} from '../../src/reporting/cost/assumption-sheet.js';
import { readAssumption, writeAssumption } from '../../src/reporting/cost/assumption-text.js';
import { COST_INPUTS, costInput } from '../../src/reporting/cost/cost-inputs.js';
import { withDefaults } from '../../src/reporting/cost/cost-model.js';

const input = (side: string, name: string) => costInput(side, name)!;
const entered = (more: Partial<EnteredAssumption>): EnteredAssumption => ({
  side: 'inHouse',
  input: 'baseAnnualCents',
  value: 36_000_00,
  source: null,
  standing: 'hypothesis',
  createdAt: new Date('2026-03-01T10:00:00Z'),
  ...more,
});
const terms = { price: { ...NO_PRICE, retainerCents: 4_200_00 }, agreedAt: new Date('2026-01-01T10:00:00Z') };

describe('the sheet of assumptions', () => {
  it('names every input of the model once, and asks the default question when nobody entered anything', () => {
    const names = COST_INPUTS.map(({ side, input: name }) => `${side}.${name}`);
    const { currency: _, agency, inHouse, ...both } = withDefaults({});
    const all = [
      ...Object.keys(both).map((name) => `both.${name}`),
      ...Object.keys(agency).map((name) => `agency.${name}`),
      ...Object.keys(inHouse).map((name) => `inHouse.${name}`),
    ];
    expect([...names].sort()).toEqual(all.sort());
    expect(questionOf(assumptionSheet([], null), 'EUR')).toEqual(withDefaults({}));
  });

  it('takes the price from the engagement, confirmed, and leaves what it does not say to the defaults', () => {
    const sheet = assumptionSheet([], terms);
    const retainer = sheet.find(({ input: name }) => name === 'retainerCents')!;
    expect(retainer).toMatchObject({ value: 4_200_00, origin: 'engagement', standing: 'confirmed' });
    expect(questionOf(sheet, 'CHF')).toMatchObject({
      currency: 'CHF',
      agency: { setupCents: 0, coordinationHours: 6 },
    });
  });

  it('lets the last thing somebody entered win, a hypothesis until it is confirmed', () => {
    const later = entered({
      value: 38_000_00,
      standing: 'confirmed',
      source: 'Offre d’emploi',
      createdAt: new Date('2026-04-01T10:00:00Z'),
    });
    const [base] = assumptionSheet([later, entered({})], terms).filter(
      ({ input: name }) => name === 'baseAnnualCents',
    );
    expect(base).toMatchObject({
      value: 38_000_00,
      origin: 'entered',
      standing: 'confirmed',
      source: 'Offre d’emploi',
    });
  });

  it('does not mix the tools of one side with those of the other', () => {
    const question = questionOf(
      assumptionSheet([entered({ side: 'agency', input: 'toolsCents', value: 1 })], null),
      'EUR',
    );
    expect([question.agency.toolsCents, question.inHouse.toolsCents]).toEqual([1, 300_00]);
  });
});

describe('what people type into it', () => {
  it.each([
    ['inHouse', 'baseAnnualCents', '36 000,50', 'fr', 36_000_50],
    ['inHouse', 'employerRate', '35,11 %', 'fr', 0.3511],
    ['inHouse', 'ramp', '0 33 67', 'en', [0, 0.33, 0.67]],
    ['inHouse', 'ramp', '12,5; 50', 'fr', [0.125, 0.5]],
    ['agency', 'daysPerMonth', '1,5', 'fr', 1.5],
    ['agency', 'retainerDuringDelay', 'false', 'fr', false],
    ['agency', 'feeCapCents', '', 'fr', null],
    ['agency', 'ramp', '', 'fr', []],
    ['agency', 'setupCents', 150_000, 'fr', 150_000],
  ])('%s.%s: %j (%s) is %j', (side, name, typed, locale, value) => {
    expect(readAssumption(input(side, name), typed, locale)).toEqual(value);
  });

  it.each([
    ['inHouse', 'baseAnnualCents', 'beaucoup'],
    ['inHouse', 'baseAnnualCents', ''],
    ['inHouse', 'employerRate', '1e3'],
    ['inHouse', 'ramp', '0 a 67'],
    ['agency', 'retainerDuringDelay', 'perhaps'],
  ])('%s.%s: %j cannot be read', (side, name, typed) => {
    expect(readAssumption(input(side, name), typed, 'fr')).toBeUndefined();
  });

  it('reads back every value it writes into a field, in both languages', () => {
    const sheet = assumptionSheet([], null);
    fc.assert(
      fc.property(fc.constantFrom(...sheet), fc.constantFrom('fr', 'en'), (of, locale) => {
        expect(readAssumption(of, writeAssumption(of, of.value, locale), locale)).toEqual(of.value);
      }),
    );
  });
});
