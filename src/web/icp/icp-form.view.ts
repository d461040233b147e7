import type { CriteriaLists, Exclusions } from '../../icp/criteria.js';
import type { WrittenIcp } from '../../icp/icp.queries.js';
import { JOB_FUNCTIONS, SENIORITIES } from '../../icp/job-lexicon.js';
import { nafLabel } from '../../icp/naf.js';
import { errorAt, errorSummary, type FieldView, fieldMaker } from '../form-field.view.js';
import { nameText } from './icp-criteria.view.js';
import type { Form, Page, Refused } from '../rendering/page.js';

const LINES = [
  'industries',
  'nafCodes',
  'countries',
  'regions',
  'titleKeywords',
  'technologies',
] as const satisfies readonly (keyof CriteriaLists)[];
const EXCLUDED = [
  'companyNames',
  'domains',
  'industries',
  'nafCodes',
  'countries',
  'titleKeywords',
] as const satisfies readonly (keyof Exclusions)[];

/** An ICP as its form shows it: lists one value a line. */
export function icpValues({ icp, version }: WrittenIcp): Form {
  const { headcount, exclusions, ...lists } = version.criteria;
  return {
    name: icp.name,
    version: icp.version,
    ...lists,
    headcount: { min: headcount?.min ?? '', max: headcount?.max ?? '' },
    exclusions: { ...exclusions },
  };
}

export function icpForm(page: Page, refused: Refused): object {
  const shown = withLines(refused);
  const make = fieldMaker(page, 'icps.criteria', shown);
  const lists = Object.fromEntries(
    LINES.map((name) => [name, make(name, { type: 'lines', rows: 3, hasHint: true, isUnmarked: true })]),
  );
  const excluded = EXCLUDED.map((name) => ({
    ...make(`exclusions.${name}`, { type: 'lines', rows: 2, isUnmarked: true }),
    label: page.t(`icps.criteria.${name}`),
  }));
  const name = fieldMaker(page, 'icps.fields', shown)('name', { isRequired: true, hasHint: true });
  const min = make('headcount.min', { type: 'number', isUnmarked: true });
  const max = make('headcount.max', { type: 'number', isUnmarked: true });
  const fields: FieldView[] = [name, ...Object.values(lists), min, max, ...excluded];
  return {
    fields: { name, ...lists, min, max, excluded },
    functions: choices(page, refused, 'functions', JOB_FUNCTIONS),
    seniorities: choices(page, refused, 'seniorities', [...SENIORITIES].reverse()),
    hidden: hiddenExclusions(refused.values),
    nafLabels: nafLines(refused.values['nafCodes']),
    version: refused.values['version'],
    summary: errorSummary(refused, fields),
  };
}

/** The boxes of a closed list; a name outside of it, from the API, stays as a box of its own. */
function choices(
  page: Page,
  refused: Refused,
  list: 'functions' | 'seniorities',
  names: readonly string[],
): object {
  const chosen = valuesOf(refused.values[list]);
  const others = chosen.filter((value) => !names.includes(value));
  return {
    label: page.t(`icps.criteria.${list}`),
    hint: page.t(`icps.criteria.${list}Hint`),
    error: errorAt(refused, list),
    boxes: [...names, ...others].map((value) => ({
      name: `${list}[]`,
      value,
      label: nameText(page, list, value),
      isChecked: chosen.includes(value),
    })),
  };
}

/** Exclusions the form has no field for, so that saving it does not drop them. */
function hiddenExclusions(values: Form): { name: string; value: string }[] {
  const exclusions = (values['exclusions'] ?? {}) as Record<string, unknown>;
  return Object.entries(exclusions)
    .filter(([list]) => !EXCLUDED.some((shown) => shown === list))
    .flatMap(([list, kept]) => valuesOf(kept).map((value) => ({ name: `exclusions[${list}][]`, value })));
}

function nafLines(typed: unknown): string[] {
  return valuesOf(typed).flatMap((code) => {
    const label = nafLabel(code);
    return label ? [`${code} ${label}`] : [];
  });
}

function valuesOf(typed: unknown): string[] {
  const texts = Array.isArray(typed)
    ? typed.map(String)
    : typeof typed === 'string'
      ? typed.split(/[\n,;]/)
      : [];
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

/** Lists come back from a refused form as one text, and from the database as a list. */
function withLines(refused: Refused): Refused {
  const lines = (values: Form): Form =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.join('\n') : value]),
    );
  const exclusions = (refused.values['exclusions'] ?? {}) as Form;
  return { ...refused, values: { ...lines(refused.values), exclusions: lines(exclusions) } };
}
