/** The fields a message may name. `custom.<name>` adds whatever columns the client's own files brought. */
export const mergeFields = [
  'firstName',
  'lastName',
  'fullName',
  'title',
  'companyName',
  'companyDomain',
  'city',
  'country',
  'industry',
  'senderName',
  'clientName',
  'notice',
] as const;

export type MergeField = (typeof mergeFields)[number];

/** What one prospect brings to a message; an absent or blank value is missing. Values are text, never template. */
export interface MergeValues extends Partial<Record<MergeField, string | null>> {
  custom?: Readonly<Record<string, string | null | undefined>>;
}

const customPrefix = 'custom.';
const longestName = 100;
const prototypeNames = new Set(['__proto__', 'constructor', 'prototype']);

/** `['custom', 'Secteur précis']` → `custom.Secteur précis`; null when no such field can exist. */
export function fieldOf(parts: readonly string[]): string | null {
  const [first, name, ...rest] = parts;
  if (rest.length > 0 || first === undefined) return null;
  if (name === undefined) return (mergeFields as readonly string[]).includes(first) ? first : null;
  if (first !== 'custom' || name === '' || name.length > longestName) return null;
  return prototypeNames.has(name) ? null : customPrefix + name;
}

/** The column of a `custom.<name>` field; null for the others. */
export function columnOf(field: string): string | null {
  return field.startsWith(customPrefix) ? field.slice(customPrefix.length) : null;
}

/** The value of a field as clean text, or null when it is missing. Reads own properties only. */
export function valueOf(field: string, values: MergeValues): string | null {
  const isCustom = field.startsWith(customPrefix);
  const holder: object = isCustom ? (values.custom ?? {}) : values;
  const name = isCustom ? field.slice(customPrefix.length) : field;
  const found: unknown = Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : null;
  if (typeof found !== 'string') return null;
  const text = found.replaceAll('\0', '').trim();
  return text === '' ? null : text;
}
