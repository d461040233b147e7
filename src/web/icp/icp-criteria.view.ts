import {
  type CriteriaLists,
  EXCLUSION_LISTS,
  type Exclusions,
  type IcpCriteria,
  LISTS,
} from '../../icp/criteria.js';
import { headcountText } from '../../icp/headcount.js';
import { JOB_FUNCTIONS, SENIORITIES } from '../../icp/job-lexicon.js';
import { nafLabel } from '../../icp/naf.js';
import { countryName } from '../country-name.js';
import { departmentText, industryText, seniorityText } from '../source-words.js';
import type { Page } from '../rendering/page.js';

export interface CriterionLine {
  label: string;
  values: string[];
  /** Whole phrases: one under the other. */
  isLong: boolean;
}

/** One value of a list as a reader says it: "62.01Z Programmation informatique", "Belgium", "Sales". */
export function valueText(page: Page, list: keyof Exclusions, value: string): string {
  switch (list) {
    case 'nafCodes':
      return [value, nafLabel(value)].filter(Boolean).join(' ');
    case 'countries':
      return countryText(page, value);
    case 'functions':
    case 'seniorities':
      return nameText(page, list, value);
    case 'industries':
      return industryText(page.locale, value);
    default:
      return value;
  }
}

/** What is asked, a line a criterion; what is not asked is not shown. */
export function criteriaLines(page: Page, criteria: IcpCriteria): CriterionLine[] {
  const people = criteria.headcount ? groupedText(page, headcountText(criteria.headcount)) : '';
  const lines = linesOf(page, criteria, LISTS);
  return people === ''
    ? lines
    : [...lines, { label: page.t('icps.criteria.headcount'), values: [people], isLong: false }];
}

export function exclusionLines(page: Page, { exclusions }: IcpCriteria): CriterionLine[] {
  return linesOf(page, exclusions ?? {}, EXCLUSION_LISTS);
}

/** One line for cards: the first values of each criterion. */
export function criteriaSummary(page: Page, criteria: IcpCriteria): string {
  const parts = criteriaLines(page, criteria).map(({ values }) =>
    values.length > 3 ? `${values.slice(0, 3).join(', ')}…` : values.join(', '),
  );
  return parts.length === 0 ? page.t('icps.asksNothing') : parts.join(' · ');
}

export function nameText(page: Page, list: 'functions' | 'seniorities', value: string): string {
  const names: readonly string[] = list === 'functions' ? JOB_FUNCTIONS : SENIORITIES;
  if (names.includes(value)) return page.t(`icps.${list}.${value}`);
  return list === 'functions' ? departmentText(page.locale, value) : seniorityText(page.locale, value);
}

/** "50–2000" → "50–2,000" / « 50–2 000 »: a headcount as its language writes numbers. */
export function groupedText(page: Page, headcount: string): string {
  return headcount.replace(/\d{4,}/gu, (digits) => page.format.number(Number(digits)));
}

function linesOf(
  page: Page,
  lists: CriteriaLists & Exclusions,
  names: readonly (keyof Exclusions)[],
): CriterionLine[] {
  return names.flatMap((name) => {
    const values = (lists[name] ?? []).map((value) => valueText(page, name, value));
    if (values.length === 0) return [];
    return [{ label: page.t(`icps.criteria.${name}`), values, isLong: name === 'nafCodes' }];
  });
}

function countryText(page: Page, code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return countryName(page.locale, code);
}
