import { byLowerBound, differenceOf, type Rate, rateOf, type RateDifference } from '../shared/rates.js';

/** People beyond whom a difference so small is not worth waiting for. */
const mostNeeded = 20_000;

/** What may be said of the variants of one step; places count from 0. */
export type Verdict =
  /** One variant, or nobody reached by one of them yet. */
  | { kind: 'nothing_to_compare' }
  /** No winner: the difference between the first two may be chance. */
  | {
      kind: 'open';
      first: number;
      second: number;
      difference: RateDifference;
      /** People each variant would need in all, and the most any of them lacks, if the rates stayed; null: beyond reason. */
      needed: { each: number; more: number } | null;
    }
  /** The first does better than every other, and not by chance alone. */
  | { kind: 'winner'; first: number; second: number; difference: RateDifference };

/** No winner is named while the interval of the difference (Newcombe) holds zero: against the second, and any other. */
export function verdictOf(rates: readonly Rate[]): Verdict {
  if (rates.length < 2 || rates.some(({ rate }) => rate === null)) return { kind: 'nothing_to_compare' };
  const places = rates
    .map((_, place) => place)
    .sort((one, other) => byLowerBound(rates[one]!, rates[other]!) || one - other);
  const first = places[0]!;
  const rivals = places.slice(1).map((place) => ({
    place,
    difference: differenceOf(rates[first]!, rates[place]!),
  }));
  const closest = rivals.reduce((one, other) =>
    (other.difference.low ?? -1) < (one.difference.low ?? -1) ? other : one,
  );
  const verdict = { first, second: closest.place, difference: closest.difference };
  if ((closest.difference.low ?? -1) > 0) return { kind: 'winner', ...verdict };
  return { kind: 'open', ...verdict, needed: neededFor(rates[first]!, rates[closest.place]!) };
}

/**
 * People each of two variants would need for the interval of their difference to leave zero, if their rates stayed as
 * they are; and how many more that is for the one with fewer. Null when there is no difference, or a tiny one.
 */
export function neededFor(first: Rate, second: Rate): { each: number; more: number } | null {
  if (first.rate === null || second.rate === null || first.rate === second.rate) return null;
  const [one, other] = [first.rate, second.rate];
  const settles = (each: number): boolean =>
    differenceOf(rateOf(Math.round(one * each), each), rateOf(Math.round(other * each), each)).isShown;
  let enough = 10;
  while (enough <= mostNeeded && !settles(enough)) enough *= 2;
  if (enough > mostNeeded) return null;
  let short = Math.floor(enough / 2);
  while (enough - short > 1) {
    const middle = Math.floor((short + enough) / 2);
    if (settles(middle)) enough = middle;
    else short = middle;
  }
  const fewest = Math.min(first.denominator, second.denominator);
  return { each: enough, more: Math.max(1, enough - fewest) };
}
