import { BULK_STATUSES } from '../../prospects/bulk-acts/bulk-act.js';
import { type Fit, FITS, type ProspectListQuery } from '../../prospects/search/prospect-list.dto.js';
import type { ListHead } from '../../prospects/search/list-heads.queries.js';
import type { ProspectLine } from '../../prospects/search/prospect-list.queries.js';
import type { OpenSequence } from '../../sequences/enrolments/open-sequences.queries.js';
import { newId } from '../../shared/id.js';
import { COUNT_CAP } from '../../prospects/search/status-counts.queries.js';
import { prospectStatuses, type ProspectStatus } from '../../prospects/status/status.js';
import type { Page } from '../rendering/page.js';
import { sequenceOptions } from '../sequences/sequence-options.view.js';
import { importName, segmentText } from './filter-words.view.js';

/** What a list page is drawn from. */
export interface ProspectsFound {
  base: string;
  query: ProspectListQuery;
  items: readonly ProspectLine[];
  nextCursor: string | null;
  head: ListHead;
  /** What people can be enrolled in. */
  sequences: readonly OpenSequence[];
  now: Date;
}

/** The address of the list with some of its query changed; a change starts at the first page again. */
export function listAddress(
  base: string,
  query: ProspectListQuery,
  change: Partial<Record<keyof ProspectListQuery, string | undefined>> = {},
): string {
  const { cursor: _cursor, limit: _limit, ...kept } = query;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...kept, ...change })) if (value) params.set(name, value);
  return params.size === 0 ? base : `${base}?${params.toString()}`;
}

export function prospectsView(page: Page, found: ProspectsFound) {
  const { base, query, head } = found;
  const { counts, lists, filters, team, strayOwners } = head;
  const { status, fit, q, list, import: file, owner, segment } = query;
  const asked = Object.entries({ status, fit, q, list, import: file, owner }).filter(([, value]) => value);
  const isFiltered = asked.length > 0 || Boolean(segment);
  const total = isFiltered ? foundText(page, found) : totalOf(page, counts);
  return {
    base,
    q: query.q ?? '',
    status: query.status ?? '',
    sort: query.sort ?? '',
    total,
    isEmpty: counts.size === 0,
    isFiltered,
    clearHref: base,
    back: listAddress(base, query, { cursor: query.cursor }),
    statuses: statusLinks(page, found),
    segmentText: segmentText(page, query, head),
    imported: importChip(page, found),
    fits: FITS.map((fit) => option(fit, page.t(`prospects.fit.${fit}`), query.fit)),
    lists: lists.map(({ id, name }) => option(id, name, query.list)),
    segments: filters.map(({ id, name }) => option(id, name, query.segment)),
    savesFilter: asked.length > 0 && !segment,
    asked: asked.map(([name, value]) => ({ name: `filter[${name}]`, value })),
    exports: (['xlsx', 'csv'] as const).map((format) => ({
      href: listAddress(`${base}.${format}`, query),
      label: page.t(`bulk.export.${format}`),
    })),
    formKey: newId(),
    owners: [
      option('me', page.t('bulk.mine'), query.owner),
      option('none', page.t('prospects.list.noOwner'), query.owner),
      ...team.map(({ id, name }) => option(id, name, query.owner)),
      ...strayOwners.map(({ id, name }) =>
        option(id, page.t('prospects.list.strayOwner', { name }), query.owner),
      ),
    ],
    team,
    columns: columns(page, base, query),
    rows: rowsOf(page, found),
    openList: lists.find(({ id }) => id === query.list) ?? null,
    sequences: sequenceOptions(page, found.sequences),
    bulkStatuses: BULK_STATUSES.map((value) => ({ value, label: page.t(`prospects.status.${value}`) })),
    firstHref: query.cursor === undefined ? null : listAddress(base, query),
    nextHref: found.nextCursor === null ? null : listAddress(base, query, { cursor: found.nextCursor }),
  };
}

function option(value: string, label: string, chosen: string | undefined) {
  return { value, label, isSelected: value === chosen };
}

/** Statuses are counted no further than the cap: what lies beyond is a plus. */
function totalOf(page: Page, counts: ReadonlyMap<ProspectStatus, number>): string {
  const sum = [...counts.values()].reduce((all, count) => all + Math.min(count, COUNT_CAP), 0);
  const isMore = [...counts.values()].some((count) => count > COUNT_CAP);
  return page.format.number(sum) + (isMore ? '+' : '');
}

/** "40 of 59"; of a client too large to count, what this page knows by itself. */
function foundText(
  page: Page,
  { query, items, nextCursor, head: { counts, found } }: ProspectsFound,
): string {
  const all = totalOf(page, counts);
  const { status } = query;
  const isWhole = nextCursor === null && query.cursor === undefined;
  const n =
    found !== null
      ? page.format.number(status === undefined ? sum(found) : (found.get(status) ?? 0))
      : isOnlyStatus(query) && status !== undefined
        ? countText(page, counts.get(status) ?? 0)
        : `${page.format.number(items.length)}${isWhole ? '' : '+'}`;
  return page.t('prospects.list.foundOf', { n, all });
}

const isOnlyStatus = ({ fit, q, list, import: file, owner, segment }: ProspectListQuery): boolean =>
  !fit && !q && !list && !file && !owner && !segment;

const sum = (counts: ReadonlyMap<ProspectStatus, number>): number =>
  [...counts.values()].reduce((all, count) => all + count, 0);

/** The import whose people are shown, with the way back to everybody. */
function importChip(page: Page, { base, query, head }: ProspectsFound) {
  const { import: file } = query;
  if (file === undefined) return null;
  const text = page.format.pair(page.t('prospects.list.import'), importName(page, head, file));
  return {
    id: file,
    text,
    clearHref: listAddress(base, query, { import: undefined }),
    clearText: page.t('prospects.list.clearOne', { filter: text }),
  };
}

function countText(page: Page, count: number): string {
  return count > COUNT_CAP ? `${page.format.number(COUNT_CAP)}+` : page.format.number(count);
}

/** Each says how many it leads to; of a client too large to count by a filter, nothing. */
function statusLinks(page: Page, { base, query, head }: ProspectsFound) {
  const { found, counts } = head;
  const isUncounted = found === null && !isOnlyStatus(query);
  const all = {
    href: listAddress(base, query, { status: undefined }),
    label: page.t('prospects.list.all'),
    status: null as string | null,
    count: isUncounted ? null : totalOf(page, found ?? counts),
    isCurrent: query.status === undefined,
  };
  const present = prospectStatuses.filter((status) => counts.has(status) || query.status === status);
  return [
    all,
    ...present.map((status) => ({
      href: listAddress(base, query, { status }),
      label: page.t(`prospects.status.${status}`),
      status,
      count: isUncounted ? null : countText(page, (found ?? counts).get(status) ?? 0),
      isCurrent: query.status === status,
    })),
  ];
}

const sortable = [
  ['name', 'name', false],
  ['company', 'company', false],
  ['fit', 'fitScore', true],
  ['activity', 'lastActivityAt', true],
] as const;

/** Each head sorts by its column, and turns the direction round when it is sorted by it already. */
function columns(page: Page, base: string, query: ProspectListQuery) {
  const sort = query.sort ?? '-lastActivityAt';
  return Object.fromEntries(
    sortable.map(([name, field, isDescendingFirst]) => {
      const isUp = sort === field;
      const isDown = sort === `-${field}`;
      const next = isDescendingFirst ? (isDown ? field : `-${field}`) : isUp ? `-${field}` : field;
      return [
        name,
        {
          href: listAddress(base, query, { sort: next }),
          label: page.t(`prospects.columns.${name}`),
          direction: isUp ? 'ascending' : isDown ? 'descending' : null,
        },
      ];
    }),
  );
}

/** Draws the rows of a page: what all of them say is asked for once. */
function rowsOf(page: Page, { items, head: { team, strayOwners }, now }: ProspectsFound) {
  const owners = new Map([...team, ...strayOwners].map(({ id, name }) => [id, name]));
  const statusText = once((status: ProspectStatus) => page.t(`prospects.status.${status}`));
  const fitText = once((fit: Fit) => page.t(`prospects.fit.${fit}`));
  const scoreText = once((score: number) => page.format.number(score));
  return items.map((item) => {
    const { id, fullName, title, companyName, status, statusUntil, fitScore, lastActivityAt } = item;
    const fit = item.fit ?? 'unknown';
    return {
      id,
      name: fullName,
      title: title ?? item.email,
      company: companyName,
      status,
      statusText: statusText(status),
      until: statusUntil === null ? null : page.format.day(statusUntil),
      fit,
      fitText: fitText(fit),
      score: fitScore === null ? null : scoreText(fitScore),
      owner: item.ownerId === null ? null : (owners.get(item.ownerId) ?? null),
      activity: page.format.relative(lastActivityAt, now),
      activityAt: lastActivityAt.toISOString(),
    };
  });
}

function once<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    let one = made.get(key);
    if (one === undefined) {
      one = make(key);
      made.set(key, one);
    }
    return one;
  };
}
