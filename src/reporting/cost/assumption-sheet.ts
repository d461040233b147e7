import type { PriceTerms } from '../../clients/engagement-terms.js';
import type { AssumptionValue } from './assumption-text.js';
import { COST_INPUTS, type CostInput } from './cost-inputs.js';
import { type CostQuestion, type PartialCostQuestion, withDefaults } from './cost-model.js';

/** `default` from reporting.md §3, `engagement` from the price terms agreed with the client, `entered` by a person. */
export type AssumptionOrigin = 'default' | 'engagement' | 'entered';

export interface Assumption extends CostInput {
  value: AssumptionValue;
  origin: AssumptionOrigin;
  /** Where the person who entered it has it from. */
  source: string | null;
  at: Date | null;
  standing: 'hypothesis' | 'confirmed';
}

export interface EnteredAssumption {
  side: string;
  input: string;
  value: unknown;
  source: string | null;
  standing: 'hypothesis' | 'confirmed';
  createdAt: Date;
}

export interface AgreedTerms {
  price: PriceTerms;
  agreedAt: Date;
}

/** Every input with its value in force: what was entered last, else what the engagement says, else the default. */
export function assumptionSheet(
  entered: readonly EnteredAssumption[],
  terms: AgreedTerms | null,
): Assumption[] {
  const defaults = withDefaults({});
  return COST_INPUTS.map((of) => {
    const own = latest(entered.filter((one) => one.side === of.side && one.input === of.input));
    if (own) {
      const { source, standing, createdAt } = own;
      return {
        ...of,
        value: own.value as AssumptionValue,
        origin: 'entered',
        source,
        standing,
        at: createdAt,
      };
    }
    const agreed = of.side === 'agency' && terms ? termOf(terms.price, of.input) : undefined;
    if (terms && agreed !== undefined) {
      return {
        ...of,
        value: agreed,
        origin: 'engagement',
        source: null,
        standing: 'confirmed',
        at: terms.agreedAt,
      };
    }
    return {
      ...of,
      value: defaultOf(defaults, of),
      origin: 'default',
      source: null,
      standing: 'hypothesis',
      at: null,
    };
  });
}

/** The question the sheet asks of the cost model. */
export function questionOf(
  sheet: readonly Pick<Assumption, 'side' | 'input' | 'value'>[],
  currency: string,
): CostQuestion {
  return withDefaults({ currency, ...partialQuestion(sheet) });
}

/** The inputs as `POST /cost-comparisons` takes them. */
export function partialQuestion(
  inputs: readonly { side: string; input: string; value: unknown }[],
): PartialCostQuestion {
  const of = (side: string): object =>
    Object.fromEntries(inputs.filter((one) => one.side === side).map(({ input, value }) => [input, value]));
  return { ...of('both'), agency: of('agency'), inHouse: of('inHouse') };
}

function latest(rows: readonly EnteredAssumption[]): EnteredAssumption | undefined {
  return [...rows].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime()).at(-1);
}

function termOf(price: PriceTerms, input: string): AssumptionValue | undefined {
  return Object.hasOwn(price, input) ? price[input as keyof PriceTerms] : undefined;
}

function defaultOf(defaults: CostQuestion, { side, input }: CostInput): AssumptionValue {
  const holder: object = side === 'both' ? defaults : defaults[side];
  return (holder as Record<string, AssumptionValue>)[input] ?? null;
}
