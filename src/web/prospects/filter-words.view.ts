import type { ListHead } from '../../prospects/search/list-heads.queries.js';
import type { ProspectListQuery } from '../../prospects/search/prospect-list.dto.js';
import type { Page } from '../rendering/page.js';

/** What the saved filter asks, in words: the fields of the form are those asked beside it. */
export function segmentText(page: Page, query: ProspectListQuery, head: ListHead): string | null {
  const { segment: asks, lists, filters, team, strayOwners } = head;
  const name = filters.find(({ id }) => id === query.segment)?.name;
  if (asks === null || name === undefined) return null;
  const { status, fit, owner, list, import: file, q } = asks;
  const people = [...team, ...strayOwners];
  const ownerText =
    owner === 'none'
      ? page.t('prospects.list.noOwner')
      : owner === 'me'
        ? page.t('bulk.mine')
        : people.find(({ id }) => id === owner)?.name;
  const parts: [label: string, text: string | undefined][] = [
    ['prospects.columns.status', status && page.t(`prospects.status.${status}`)],
    ['prospects.columns.fit', fit && page.t(`prospects.fit.${fit}`)],
    ['prospects.columns.owner', ownerText],
    ['prospects.list.list', lists.find(({ id }) => id === list)?.name],
    ['prospects.list.import', file && importName(page, head, file)],
    ['prospects.list.words', q],
  ];
  const said = parts.flatMap(([label, text]) => (text ? [page.format.pair(page.t(label), text)] : []));
  return page.t('prospects.list.segmentAsks', { name, parts: said.join(' · ') });
}

/** Files are often called the same: the day says which. */
export function importName(page: Page, { imports, client }: ListHead, id: string): string {
  const one = imports.find((each) => each.id === id);
  if (one === undefined) return page.t('prospects.list.unknownImport');
  return `${one.name} (${page.format.moment(one.createdAt, client.timeZone)})`;
}
