import type { Page, Refused } from './rendering/page.js';

export interface Option {
  value: string;
  label: string;
  isSelected?: boolean;
}

/** One field as `{{> _field field}}` draws it. */
export interface FieldView {
  id: string;
  name: string;
  label: string;
  hint: string | null;
  value: string;
  error: string | null;
  /** The error with the name of its field, for the list above the form. */
  complaint: string | null;
  /** Ids of the hint and the error, for readers. */
  describedBy: string;
  type: string;
  /** Says so when it may stay blank; not where the whole form says it. */
  isMarkedOptional: boolean;
  isRequired: boolean;
  isTextarea: boolean;
  isSelect: boolean;
  isPassword: boolean;
  rows: number;
  inputClass: string;
  unit: string | null;
  options: Option[];
  list: string | null;
}

export interface FieldOptions {
  type?: 'text' | 'password' | 'email' | 'tel' | 'date' | 'number' | 'lines' | 'select' | 'money';
  unit?: string;
  hasHint?: boolean;
  /** The hint's own text, where the usual one does not fit. */
  hint?: string;
  isRequired?: boolean;
  /** The form says for all its fields that they may stay blank. */
  isUnmarked?: boolean;
  rows?: number;
  options?: Option[];
  /** Id of a datalist. */
  list?: string;
}

export type FieldMaker = (path: string, options?: FieldOptions) => FieldView;

export const NOTHING_REFUSED: Refused = { values: {}, errors: {}, problem: '' };

/**
 * Makes the fields of a form: value and error by path (`price.setupCents`), texts by `<area>.<last part>` and, for the hint,
 * `<area>.<last part>Hint`. Errors below the path (`criteria.2`) belong to the field too.
 */
export function fieldMaker(page: Page, area: string, refused: Refused): FieldMaker {
  return (path, options = {}) => {
    const parts = path.split('.');
    const [id, last] = [parts.join('-'), parts.at(-1)!];
    const error = errorAt(refused, path);
    const type = options.type ?? 'text';
    const hint = options.hint ?? (options.hasHint ? page.t(`${area}.${last}Hint`) : null);
    // A password goes one way only.
    const typed = type === 'password' ? '' : valueAt(refused.values, parts);
    const value = textOf(typed, type === 'lines' ? '\n' : ', ');
    const label = page.t(`${area}.${last}`);
    return {
      id,
      name: parts.reduce((name, part) => (name === '' ? part : `${name}[${part}]`), ''),
      label,
      hint,
      value,
      error,
      complaint: error === null ? null : page.format.pair(label, error),
      describedBy: [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' '),
      type: type === 'number' || type === 'money' ? 'text' : type,
      isRequired: options.isRequired ?? false,
      isMarkedOptional: !options.isRequired && !options.isUnmarked,
      isTextarea: type === 'lines',
      isSelect: type === 'select',
      isPassword: type === 'password',
      rows: options.rows ?? 4,
      inputClass: CLASSES[type] ?? 'input',
      unit: options.unit ?? null,
      options: (options.options ?? []).map((option) => ({ ...option, isSelected: option.value === value })),
      list: options.list ?? null,
    };
  };
}

/** The list above a refused form: each error with the field it belongs to. */
export function errorSummary(
  refused: Refused,
  fields: readonly FieldView[],
): { problem: string; items: { href: string; text: string }[] } | null {
  if (refused.problem === '') return null;
  const items = fields.flatMap(({ id, complaint }) =>
    complaint ? [{ href: `#${id}`, text: complaint }] : [],
  );
  return { problem: refused.problem, items };
}

export function errorAt({ errors }: Refused, path: string): string | null {
  const below = Object.keys(errors).find((key) => key === path || key.startsWith(`${path}.`));
  return below === undefined ? null : (errors[below] ?? null);
}

const CLASSES: Partial<Record<string, string>> = {
  date: 'input input--date',
  number: 'input input--number',
  money: 'input input--number',
  lines: 'textarea',
  select: 'select',
};

function valueAt(values: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[part] : undefined,
    values,
  );
}

function textOf(value: unknown, between: string): string {
  if (Array.isArray(value)) return value.map((one) => textOf(one, between)).join(between);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
