import type { ListedProspect } from '../prospects/prospect-list.queries.js';
import type { Translate } from './rendering/translations.service.js';

/** What a column is called, and what stands in it. */
type Column = [
  key: string,
  cell: (
    one: ListedProspect,
    context: { t: Translate; owners: ReadonlyMap<string, string> },
  ) => string | number | Date | null,
];

const COLUMNS: Column[] = [
  ['fields.name', (one) => one.fullName],
  ['fields.firstName', (one) => one.firstName],
  ['fields.lastName', (one) => one.lastName],
  ['fields.title', (one) => one.title],
  ['fields.companyName', (one) => one.companyName],
  ['fields.email', (one) => one.email],
  ['fields.phone', (one) => one.phone],
  ['fields.mobilePhone', (one) => one.mobilePhone],
  ['fields.linkedinUrl', (one) => one.linkedinUrl],
  ['fields.city', (one) => one.city],
  ['fields.country', (one) => one.country],
  ['columns.status', (one, { t }) => t(`prospects.status.${one.status}`)],
  ['show.day', (one) => one.statusUntil],
  ['columns.owner', (one, { owners }) => (one.ownerId === null ? null : (owners.get(one.ownerId) ?? null))],
  ['columns.fit', (one, { t }) => t(`prospects.fit.${one.fit ?? 'unknown'}`)],
  ['columns.score', (one) => one.fitScore],
  ['columns.activity', (one) => one.lastActivityAt],
  ['columns.added', (one) => one.createdAt],
];

export function prospectFileHead(t: Translate): string[] {
  return COLUMNS.map(([key]) => t(`prospects.${key}`));
}

export function prospectFileRow(
  t: Translate,
  one: ListedProspect,
  owners: ReadonlyMap<string, string>,
): (string | number | Date | null)[] {
  return COLUMNS.map(([, cell]) => cell(one, { t, owners }));
}
