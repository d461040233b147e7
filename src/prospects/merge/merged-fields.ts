import type { Prospect } from '../prospect.entity.js';

/** What is chosen from one side or the other: columns that mean something only together go together. */
export const MERGE_FIELDS = {
  name: ['firstName', 'lastName', 'fullName'],
  company: ['companyName', 'companyId'],
  title: ['title'],
  email: ['email', 'emailStatus', 'emailKey'],
  linkedin: ['linkedinUrl', 'linkedinKey'],
  phone: ['phone'],
  mobilePhone: ['mobilePhone'],
  jobFunction: ['jobFunction'],
  seniority: ['seniority'],
  place: ['city', 'region', 'country', 'timeZone'],
  owner: ['ownerId'],
  custom: ['custom'],
} as const satisfies Record<string, readonly (keyof Prospect)[]>;
export type MergeField = keyof typeof MERGE_FIELDS;
export const mergeFields = Object.keys(MERGE_FIELDS) as MergeField[];

export type Side = 'survivor' | 'other';
export type Take = Partial<Record<MergeField, Side>>;

type Columns = (typeof MERGE_FIELDS)[MergeField][number];
/** What a merge reads of a prospect. */
export type Mergeable = Pick<Prospect, Columns>;

/** The field a column belongs to; the column's own name when it belongs to none. */
export function fieldOf(column: string): string {
  return mergeFields.find((field) => (MERGE_FIELDS[field] as readonly string[]).includes(column)) ?? column;
}

/** The side a field comes from: the one chosen, else the survivor's where it is filled, else the other's. */
export function sideOf(field: MergeField, survivor: Mergeable, other: Mergeable, take: Take = {}): Side {
  const wanted = take[field];
  if (wanted !== undefined) return wanted;
  if (field === 'name') return nameWords(other) > nameWords(survivor) ? 'other' : 'survivor';
  return isFilled(field, survivor) || !isFilled(field, other) ? 'survivor' : 'other';
}

/** The fields of the merged prospect. Custom fields are united: where both have one, the chosen side's stays. */
export function mergedFields(survivor: Mergeable, other: Mergeable, take: Take = {}): Mergeable {
  const merged: Record<string, unknown> = {};
  for (const field of mergeFields) {
    const from = sideOf(field, survivor, other, take) === 'other' ? other : survivor;
    for (const column of MERGE_FIELDS[field]) merged[column] = from[column];
  }
  const [first, second] = take.custom === 'other' ? [survivor, other] : [other, survivor];
  const custom = { ...first.custom, ...second.custom };
  merged['custom'] = Object.keys(custom).length === 0 ? null : custom;
  return merged as unknown as Mergeable;
}

/** Whether the two sides say different things, so that there is something to choose. */
export function differs(field: MergeField, survivor: Mergeable, other: Mergeable): boolean {
  const told = (side: Mergeable): string => JSON.stringify(shownColumns(field).map((column) => side[column]));
  return isFilled(field, survivor) && isFilled(field, other) && told(survivor) !== told(other);
}

export function isFilled(field: MergeField, side: Mergeable): boolean {
  return shownColumns(field).some((column) => side[column] !== null && side[column] !== '');
}

/** Keys, ids and a company's row follow what a person can read. */
function shownColumns(field: MergeField): readonly Columns[] {
  const columns: readonly Columns[] = MERGE_FIELDS[field];
  return columns.filter((column) => !column.endsWith('Key') && column !== 'companyId');
}

/** A name of two parts says more than an address put in its stead. */
function nameWords({ firstName, lastName }: Mergeable): number {
  return [firstName, lastName].filter((part) => part !== null && part !== '').length;
}
