import { foldLabel } from '../../shared/folded-text.js';
import { canonicalLinkedInUrl } from '../../shared/linkedin-url.js';
import { normaliseEmail } from '../../shared/email-address.js';
import { REJECT_COLUMNS } from './reject-columns.js';
import { FileRefused } from './refusal.js';
import { recogniseSource, type Source } from './source-signature.js';
import { fieldOfLabel, isTargetField, TARGET_FIELDS, type TargetField } from './target-field.js';

/** A field of ours, a custom field, or null: the column is left out. */
export type ColumnTarget = TargetField | `custom:${string}` | null;
/** By position: a label that occurs twice loses neither column. */
export type ColumnMapping = ColumnTarget[];

export interface ReadHeader {
  source: Source;
  idPrefix: string;
  mapping: ColumnMapping;
}

const longestCustomName = 80;
/** What a rejects file adds: mended and brought back, they are no fields of the prospect. */
const ownColumns = new Set(Object.values(REJECT_COLUMNS).flat().map(foldLabel));

/** What each column means: by its source, else by its label, else by its content; the rest are custom fields. */
export function mapColumns(labels: readonly string[], sample: readonly (readonly string[])[]): ReadHeader {
  const { source, meanings, leftOut, idPrefix } = recogniseSource(labels);
  const mapping: ColumnMapping = labels.map((label) => {
    const folded = foldLabel(label);
    const said = Object.hasOwn(meanings, folded) ? meanings[folded] : undefined;
    const own = leftOut.has(folded) ? null : said;
    return (own === undefined ? fieldOfLabel(label) : own) ?? null;
  });
  const contents =
    sample.length === 0 ? [] : labels.map((_, at) => fieldOfContent(sample.map((row) => row[at] ?? '')));
  const guessed = wholeNames(mapping).map((target, at) => target ?? newField(contents[at], mapping));
  return { source, idPrefix, mapping: withCustomNames(guessed, labels, leftOut) };
}

/** "Nom" beside "Prénom" is a last name, alone it is the whole name. */
function wholeNames(mapping: ColumnMapping): ColumnMapping {
  if (mapping.includes('firstName') || mapping.includes('fullName')) return mapping;
  return mapping.map((target) => (target === 'lastName' ? 'fullName' : target));
}

/** A column whose label says nothing but whose cells are addresses or profiles, unless another column is named so. */
function newField(content: TargetField | null | undefined, mapping: ColumnMapping): TargetField | null {
  return content == null || mapping.includes(content) ? null : content;
}

function fieldOfContent(cells: string[]): TargetField | null {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return null;
  if (filled.every((cell) => normaliseEmail(cell) !== null)) return 'email';
  return filled.every((cell) => canonicalLinkedInUrl(cell) !== null) ? 'linkedinUrl' : null;
}

function withCustomNames(
  mapping: ColumnMapping,
  labels: readonly string[],
  leftOut: ReadonlySet<string>,
): ColumnMapping {
  const used = new Map<string, number>();
  return mapping.map((target, at) => {
    const label = foldLabel(labels[at] ?? '');
    if (target !== null || ownColumns.has(label) || leftOut.has(label)) return target;
    const name = (labels[at] ?? '').slice(0, longestCustomName);
    const count = (used.get(foldLabel(name)) ?? 0) + 1;
    used.set(foldLabel(name), count);
    return customTarget(count > 1 ? `${name} (${count})` : name);
  });
}

/** An object has one property it cannot be given: a column of that name keeps its values without the underlines. */
function customTarget(name: string): `custom:${string}` {
  return `custom:${name === '__proto__' ? 'proto' : name}`;
}

/**
 * A mapping given by a person or a program: position or label → field, `custom:<name>`, or "" / null to leave the column out.
 * Columns it does not name keep what we understood. Unknown columns or fields come back as problems (position → code).
 */
export function applyMapping(
  understood: ColumnMapping,
  labels: readonly string[],
  wanted: Readonly<Record<string, string | null>>,
): { mapping: ColumnMapping; problems: Record<string, string> } {
  const mapping = [...understood];
  const problems: Record<string, string> = {};
  for (const [column, target] of Object.entries(wanted)) {
    const at = positionOf(column, labels);
    const read = readTarget(target);
    if (at === null) problems[column] = 'unknownColumn';
    else if (read === undefined) problems[column] = 'unknownField';
    else mapping[at] = read;
  }
  return { mapping, problems };
}

function positionOf(column: string, labels: readonly string[]): number | null {
  const at = /^\d+$/u.test(column)
    ? Number(column)
    : labels.findIndex((label) => foldLabel(label) === foldLabel(column));
  return at >= 0 && at < labels.length ? at : null;
}

/** Out of JSON it may be anything. */
function readTarget(target: unknown): ColumnTarget | undefined {
  if (target === null || target === '') return null;
  if (typeof target !== 'string') return undefined;
  if (isTargetField(target)) return target;
  const name = /^custom:(.+)$/u.exec(target)?.[1]?.trim() ?? '';
  return name === '' || name.length > longestCustomName + 10 ? undefined : customTarget(name);
}

/** Of several numbers the first that can be rung is taken, whichever column somebody chose for it. */
const FALLING_BACK: ReadonlySet<TargetField> = new Set(['phone', 'mobilePhone', 'companyPhone']);
/** A second "E-mail" stands in for the first; of two columns called "Nom", one may be the whole name. */
const NAMES: ReadonlySet<TargetField> = new Set(['firstName', 'lastName', 'fullName']);

/**
 * Fields that several columns claim: a person would never see which of them is taken. Where the labels themselves say
 * so, as Apollo's two names of a company do, the second stands in for the first.
 */
export function doubledFields(
  mapping: ColumnMapping,
  { labels, mapping: understood }: { labels: readonly string[]; mapping: ColumnMapping },
): { field: TargetField; columns: number[] }[] {
  const columnsOf = (field: TargetField) => [...mapping.keys()].filter((at) => mapping[at] === field);
  return TARGET_FIELDS.filter((field) => !FALLING_BACK.has(field))
    .map((field) => ({ field, columns: columnsOf(field) }))
    .filter(({ field, columns }) => {
      const isSaid = columns.every((at) => understood[at] === field);
      const names = new Set(columns.map((at) => foldLabel(labels[at] ?? '')));
      const isClear = names.size === columns.length || !NAMES.has(field);
      return columns.length > 1 && !(isSaid && isClear);
    });
}

/** Whether rows read through this mapping can be recognised again (product.md §1, identity keys). */
export function canIdentify(mapping: ColumnMapping): boolean {
  const has = (...fields: TargetField[]): boolean => fields.some((field) => mapping.includes(field));
  const hasName = has('fullName') || (has('firstName') && has('lastName'));
  return has('externalId', 'email', 'linkedinUrl') || (hasName && has('website', 'siren'));
}

/** @throws FileRefused `no_usable_column` */
export function refuseUnlessIdentifying(mapping: ColumnMapping): void {
  if (!canIdentify(mapping)) throw new FileRefused('no_usable_column');
}
