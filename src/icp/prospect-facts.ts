import type { HeadcountRange } from './headcount.js';

/** What is known of a prospect when it is judged. Anything missing, null or blank is unknown, never a mismatch. */
export interface ProspectFacts {
  readonly companyName?: string | null;
  readonly domain?: string | null;
  readonly industry?: string | null;
  readonly nafCode?: string | null;
  /** A count, a range, or the text of a source ("11-50", "1 234"). */
  readonly headcount?: number | string | HeadcountRange | null;
  /** ISO code, or a name in French or English. */
  readonly country?: string | null;
  readonly region?: string | null;
  readonly title?: string | null;
  /** As a source states them ("Sales", "C suite"); what the title tells is added. */
  readonly function?: string | null;
  readonly seniority?: string | null;
  readonly technologies?: readonly string[] | null;
}

/** Trimmed text, or null when there is none. */
export function known(text: string | null | undefined): string | null {
  const trimmed = text?.trim();
  return trimmed ? trimmed : null;
}
