/** Two-sided 95 % quantile of the normal law (reporting.md §2). */
const Z = 1.959963984540054;

/** Under this denominator counts speak and the rate is greyed. */
export const SMALL_BELOW = 30;

/** A share as "x of n". `rate`, `low` and `high` are 0–1, and null when the denominator is 0. */
export interface Rate {
  numerator: number;
  denominator: number;
  rate: number | null;
  low: number | null;
  high: number | null;
  isSmall: boolean;
}

/** The difference of two shares, `rate` first − second, −1…1; null when either side has nobody. */
export interface RateDifference {
  difference: number | null;
  low: number | null;
  high: number | null;
  /** False while the interval holds 0: "no difference shown". */
  isShown: boolean;
}

/**
 * `numerator` of `denominator`, with Wilson's 95 % score interval clipped to [0, 1].
 * Throws a RangeError unless both are whole and 0 ≤ numerator ≤ denominator: such a rate counts two populations.
 */
export function rateOf(numerator: number, denominator: number): Rate {
  if (!isCount(numerator) || !isCount(denominator) || numerator > denominator) {
    throw new RangeError(`Not a share: ${numerator} of ${denominator}`);
  }
  const isSmall = denominator < SMALL_BELOW;
  if (denominator === 0) return { numerator, denominator, rate: null, low: null, high: null, isSmall };
  const rate = numerator / denominator;
  const [low, high] = wilson(rate, denominator);
  return { numerator, denominator, rate, low, high, isSmall };
}

/** Newcombe's hybrid score interval for `first` − `second` (method 10, Statistics in Medicine 1998). */
export function differenceOf(first: Rate, second: Rate): RateDifference {
  if (!isKnown(first) || !isKnown(second)) return { difference: null, low: null, high: null, isShown: false };
  const difference = first.rate - second.rate;
  const low = difference - Math.hypot(first.rate - first.low, second.high - second.rate);
  const high = difference + Math.hypot(first.high - first.rate, second.rate - second.low);
  return { difference, low, high, isShown: low > 0 || high < 0 };
}

/** Sorts the best proven first: by lower bound, so that 1 of 1 does not beat 40 of 100; unknown last. */
export function byLowerBound(first: Rate, second: Rate): number {
  return (second.low ?? -1) - (first.low ?? -1);
}

/** The ends are exact at 0 and n: rounding of the formula must not leave 0/10 starting at 1e-17. */
function wilson(rate: number, count: number): [number, number] {
  const z2 = Z * Z;
  const centre = rate + z2 / (2 * count);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / count + z2 / (4 * count * count));
  const scale = 1 + z2 / count;
  const low = rate === 0 ? 0 : Math.max(0, (centre - spread) / scale);
  const high = rate === 1 ? 1 : Math.min(1, (centre + spread) / scale);
  return [low, high];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function isKnown(rate: Rate): rate is Rate & { rate: number; low: number; high: number } {
  return rate.rate !== null;
}
