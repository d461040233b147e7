import type { FieldProblems } from '../shared/errors.js';
import { EXCLUSION_LISTS, type Exclusions, type IcpCriteria, LISTS } from './criteria.js';
import { readNaf } from './naf.js';

const MOST_VALUES = 500;
const LONGEST_VALUE = 200;
const MOST_PEOPLE = 10_000_000;

/** Everything wrong with criteria as typed, by field path; empty when they hold. */
export function criteriaProblems(criteria: IcpCriteria): FieldProblems {
  return {
    ...listProblems(criteria, LISTS, ''),
    ...listProblems(criteria.exclusions ?? {}, EXCLUSION_LISTS, 'exclusions.'),
    ...headcountProblems(criteria),
  };
}

function listProblems(lists: Exclusions, names: readonly (keyof Exclusions)[], path: string): FieldProblems {
  const problems: FieldProblems = {};
  for (const name of names) {
    const values = lists[name] ?? [];
    const notNaf =
      name === 'nafCodes'
        ? values.find((value) => value.trim() !== '' && readNaf(value) === null)
        : undefined;
    if (values.length > MOST_VALUES)
      problems[path + name] = { code: 'arrayMaxSize', params: { limit: MOST_VALUES } };
    else if (values.some((value) => value.length > LONGEST_VALUE))
      problems[path + name] = { code: 'maxLength', params: { limit: LONGEST_VALUE } };
    else if (notNaf !== undefined) problems[path + name] = { code: 'notNaf', params: { value: notNaf } };
  }
  return problems;
}

function headcountProblems({ headcount }: IcpCriteria): FieldProblems {
  const problems: FieldProblems = {};
  for (const end of ['min', 'max'] as const) {
    const value = headcount?.[end];
    if (value != null && !(Number.isInteger(value) && value >= 0 && value <= MOST_PEOPLE))
      problems[`headcount.${end}`] = { code: 'outside', params: { min: 0, max: MOST_PEOPLE } };
  }
  const { min, max } = headcount ?? {};
  if (min != null && max != null && min > max) problems['headcount.max'] ??= 'minAboveMax';
  return problems;
}
