import type { ListedProspect } from '../../prospects/search/prospect-list.queries.js';
import type { Translate } from '../rendering/translations.service.js';
import type { FileManner } from './file-manner.js';

/** A line, and what of it stands elsewhere. */
export interface FileContext {
  t: Translate;
  owners: ReadonlyMap<string, string>;
  /** By prospect: the site of the company. */
  sites: ReadonlyMap<string, string>;
  manner: FileManner;
}

/** What a column is called, and what stands in it. */
type Column = [
  key: string,
  cell: (one: ListedProspect, context: FileContext) => string | number | Date | null,
];

/** An import reads each by its heading (import/source-signature.ts), so no two may be called the same. */
const COLUMNS: Column[] = [
  ['file.fullName', (one) => one.fullName],
  ['fields.firstName', (one) => one.firstName],
  ['fields.lastName', (one) => one.lastName],
  ['fields.title', (one) => one.title],
  ['fields.companyName', (one) => one.companyName],
  ['fields.website', (one, { sites }) => sites.get(one.id) ?? null],
  ['fields.email', (one) => one.email],
  ['fields.phone', (one, { manner }) => one.phone && manner.phone(one.phone)],
  ['fields.mobilePhone', (one, { manner }) => one.mobilePhone && manner.phone(one.mobilePhone)],
  ['fields.linkedinUrl', (one) => one.linkedinUrl],
  ['fields.city', (one) => one.city],
  ['fields.country', (one) => one.country],
  ['columns.status', (one, { t }) => t(`prospects.status.${one.status}`)],
  ['show.day', (one, { manner }) => one.statusUntil && manner.day(one.statusUntil)],
  ['columns.owner', (one, { owners }) => (one.ownerId === null ? null : (owners.get(one.ownerId) ?? null))],
  ['columns.fit', (one, { t }) => t(`prospects.fit.${one.fit ?? 'unknown'}`)],
  ['columns.score', (one) => one.fitScore],
  ['columns.activity', (one, { manner }) => manner.moment(one.lastActivityAt)],
  ['columns.added', (one, { manner }) => manner.moment(one.createdAt)],
  ['file.id', (one) => one.id],
];

export function prospectFileHead(t: Translate): string[] {
  return COLUMNS.map(([key]) => t(`prospects.${key}`));
}

export function prospectFileRow(
  one: ListedProspect,
  context: FileContext,
): (string | number | Date | null)[] {
  return COLUMNS.map(([, cell]) => cell(one, context));
}
