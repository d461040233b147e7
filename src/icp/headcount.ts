/** People employed, both ends included; a missing end is open. An exact count has both ends equal. */
export interface HeadcountRange {
  readonly min?: number | null;
  readonly max?: number | null;
}

export type Overlap = 'inside' | 'outside' | 'partly';

/** More people than any company employs: a number of something else. */
const MOST = 10_000_000;

const FEWER = /^(?:<|moins de|less than|under|jusqu'a|up to)/i;
const MORE =
  /^(?:>|plus de|more than|over|au moins|at least)|(?:\+|et plus|and more|or more|ou plus)\s*(?:salari\S*|employ\S*)?$/i;

/** "11-50", "50 à 99 salariés", "1 234", "10,001+", "< 10" → range; null when the text holds no number. */
export function readHeadcount(value: string | number): HeadcountRange | null {
  if (typeof value === 'number') return value >= 0 && value <= MOST ? exactly(Math.round(value)) : null;
  const text = value.trim();
  const numbers = [...text.matchAll(/\d{1,3}(?:[\s.,\u00a0\u202f]\d{3})+(?!\d)|\d+/g)].map(([digits]) =>
    Number(digits.replaceAll(/\D/g, '')),
  );
  const [first, second] = numbers;
  if (first === undefined || numbers.some((number) => number > MOST)) return null;
  if (second !== undefined) return { min: Math.min(first, second), max: Math.max(first, second) };
  if (FEWER.test(text)) return { min: 0, max: first };
  return MORE.test(text) ? { min: first, max: null } : exactly(first);
}

/** Where a known headcount lies in the wanted range; `partly` when a band such as 11–50 straddles its edge. */
export function overlapOf(found: HeadcountRange, wanted: HeadcountRange): Overlap {
  const [low, high] = [found.min ?? 0, found.max ?? Infinity];
  const [from, to] = [wanted.min ?? 0, wanted.max ?? Infinity];
  if (high < from || low > to) return 'outside';
  return low >= from && high <= to ? 'inside' : 'partly';
}

/** "50–200", "50+", "≤ 200", "120": no words, so it reads the same in every language. */
export function headcountText({ min, max }: HeadcountRange): string {
  if (min != null && max != null) return min === max ? String(min) : `${min}–${max}`;
  if (max != null) return `≤ ${max}`;
  return min != null ? `${min}+` : '';
}

function exactly(count: number): HeadcountRange {
  return { min: count, max: count };
}
