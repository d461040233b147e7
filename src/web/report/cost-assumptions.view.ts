import type { Assumption } from '../../reporting/cost/assumption-sheet.js';
import { writeAssumption } from '../../reporting/cost/assumption-text.js';
import type { Form, Page, Refused } from '../rendering/page.js';

/** The form of every assumption, grouped by side and subject, filled with what was typed when it was refused. */
export function assumptionsView(
  page: Page,
  sheet: readonly Assumption[],
  currency: string,
  refused: Refused,
): object {
  const typed = typedRows(refused.values);
  const fields = sheet.map((assumption, index) => {
    const { side, input, group, kind, source, standing, origin } = assumption;
    const own = typed.get(`${side}.${input}`);
    const label = page.t(`cost.input.${side}.${input}`);
    const hint = hintOf(page, assumption);
    const error = own ? (refused.errors[`items.${own.at}.value`] ?? null) : null;
    const value = own ? textOf(own.row['value']) : writeAssumption(assumption, assumption.value, page.locale);
    const isConfirmed = own ? own.row['isConfirmed'] === 'true' : standing === 'confirmed';
    const name = `items[${index}]`;
    return {
      key: `${side}.${group}`,
      id: `assumption-${index}`,
      name,
      side,
      input,
      label,
      sourceLabel: page.t('cost.edit.sourceOf', { input: label }),
      confirmLabel: page.t('cost.edit.confirmedOf', { input: label }),
      value,
      unit: unitOf(page, kind, currency),
      hint,
      choices: choicesOf(page, kind, value),
      source: own ? textOf(own.row['source']) : (source ?? ''),
      sourceHint: page.t(`cost.assumption.origin.${origin}`),
      isConfirmed,
      standing: page.t(`cost.assumption.${standing}`),
      tone: standing === 'confirmed' ? 'good' : 'neutral',
      error,
      describedBy: [
        ...(hint ? [`assumption-${index}-hint`] : []),
        ...(error ? [`assumption-${index}-error`] : []),
      ].join(' '),
    };
  });
  const keys = [...new Set(fields.map(({ key }) => key))];
  return {
    groups: keys.map((key) => {
      const [side, group] = key.split('.');
      return {
        legend: `${page.t(`cost.side.${side}`)} · ${page.t(`cost.group.${group}`)}`,
        fields: fields.filter((field) => field.key === key),
      };
    }),
    wrong: fields.filter(({ error }) => error !== null).map(({ id, label, error }) => ({ id, label, error })),
  };
}

/** What was typed for each input, and where in the form it stood. */
function typedRows(values: Form): Map<string, { row: Form; at: number }> {
  const items = values['items'];
  if (items === null || typeof items !== 'object') return new Map();
  const rows = Object.values(items) as unknown[];
  const isRow = (row: unknown): row is Form => row !== null && typeof row === 'object';
  return new Map(
    rows.flatMap((row, at) =>
      isRow(row) ? [[`${textOf(row['side'])}.${textOf(row['input'])}`, { row, at }] as const] : [],
    ),
  );
}

/** A field sent twice, or as an object, was not typed in our form. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function unitOf(page: Page, kind: Assumption['kind'], currency: string): string | null {
  if (kind === 'money') return currency;
  return kind === 'share' ? '%' : null;
}

function hintOf(page: Page, { kind, input }: Assumption): string | null {
  if (input === 'feeCapCents') return page.t('cost.edit.hint.feeCap');
  return kind === 'ramp' ? page.t('cost.edit.hint.ramp') : null;
}

function choicesOf(page: Page, kind: Assumption['kind'], value: string): object[] | null {
  const choices: [string, string][] =
    kind === 'flag'
      ? [
          ['true', page.t('cost.assumption.yes')],
          ['false', page.t('cost.assumption.no')],
        ]
      : ['booked', 'held', 'qualified'].map((basis) => [basis, page.t(`cost.basis.${basis}`)]);
  if (kind !== 'flag' && kind !== 'basis') return null;
  return choices.map(([choice, label]) => ({ value: choice, label, isChosen: choice === value }));
}
