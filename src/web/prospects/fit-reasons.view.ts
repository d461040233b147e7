import { EXCLUSION_LISTS, type Exclusions } from '../../icp/criteria.js';
import { groupedText, valueText } from '../icp/icp-criteria.view.js';
import type { Page } from '../rendering/page.js';

/** A reason as fit-score gives it, or as it was stored with a prospect. */
export interface StoredReason {
  criterion: string;
  outcome: 'match' | 'miss' | 'unknown' | 'excluded';
  detail: string;
  wanted?: readonly string[];
}

export interface ReasonLine {
  verdict: 'yes' | 'no' | 'unknown';
  text: string;
}

const VERDICTS = { match: 'yes', miss: 'no', unknown: 'unknown', excluded: 'no' } as const;
const MOST_WANTED = 4;

/** The reasons in the reader's language, for `{{> icps/_reasons reasons}}`. */
export function reasonLines(page: Page, reasons: readonly StoredReason[]): ReasonLine[] {
  return reasons.map((reason) => ({ verdict: VERDICTS[reason.outcome], text: sentence(page, reason) }));
}

function sentence(page: Page, { criterion, outcome, detail, wanted = [] }: StoredReason): string {
  const name = criterion.replace(/^exclusions\./, '');
  const list = EXCLUSION_LISTS.find((one) => one === name);
  const label = page.t(`icps.criteria.${list ?? 'headcount'}`);
  const values = wanted.slice(0, MOST_WANTED).map((value) => textOf(page, list, value));
  if (wanted.length > MOST_WANTED) values.push('…');
  const found = textOf(page, list, detail);
  // A fact that does not tell ("11–50" beside "50–500") stands behind the word for unknown.
  const shown = outcome === 'unknown' && found !== '' ? ` – ${found}` : found;
  return page.t(`icps.reasons.${outcome}`, { label, found: shown, wanted: values.join(', ') });
}

/** A fact may be a code that has a name ("FR"); anything else is shown as its source wrote it. */
function textOf(page: Page, list: keyof Exclusions | undefined, value: string): string {
  if (list === undefined) return groupedText(page, value);
  if (list === 'nafCodes') return value;
  // What a source states stands beside the title (match-criterion.ts), and each is said by itself.
  return value
    .split(' · ')
    .map((part) => valueText(page, list, part))
    .join(' · ');
}
