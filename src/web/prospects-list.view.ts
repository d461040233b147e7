import type { ListedList } from '../prospects/lists.service.js';
import { BULK_STATUSES } from '../prospects/bulk-act.js';
import { FITS, type ProspectListQuery } from '../prospects/prospect-list.dto.js';
import { COUNT_CAP, type ListedProspect } from '../prospects/prospect-list.queries.js';
import type { KeptFilter } from '../prospects/saved-filters.service.js';
import { newId } from '../shared/id.js';
import { prospectStatuses, type ProspectStatus } from '../prospects/status.js';
import type { Page } from './rendering/page.js';

/** What a list page is drawn from. */
export interface ProspectsFound {
  base: string;
  query: ProspectListQuery;
  items: readonly ListedProspect[];
  nextCursor: string | null;
  counts: ReadonlyMap<ProspectStatus, number>;
  lists: readonly ListedList[];
  filters: readonly KeptFilter[];
  team: readonly { id: string; name: string }[];
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
  const { base, query, counts, items } = found;
  const { status, fit, q, list, owner, segment } = query;
  const asked = Object.entries({ status, fit, q, list, owner }).filter(([, value]) => value);
  const isFiltered = asked.length > 0 || Boolean(segment);
  const total = totalOf(page, counts);
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
    statuses: statusLinks(page, found, total),
    fits: FITS.map((fit) => option(fit, page.t(`prospects.fit.${fit}`), query.fit)),
    lists: found.lists.map(({ id, name }) => option(id, name, query.list)),
    segments: found.filters.map(({ id, name }) => option(id, name, query.segment)),
    savesFilter: asked.length > 0 && !segment,
    asked: asked.map(([name, value]) => ({ name: `filter[${name}]`, value })),
    exports: (['csv', 'xlsx'] as const).map((format) => ({
      href: listAddress(`${base}.${format}`, query),
      label: page.t(`bulk.export.${format}`),
    })),
    formKey: newId(),
    owners: [
      option('me', page.t('bulk.mine'), query.owner),
      option('none', page.t('prospects.list.noOwner'), query.owner),
      ...found.team.map(({ id, name }) => option(id, name, query.owner)),
    ],
    team: found.team,
    columns: columns(page, base, query),
    rows: items.map((item) => prospectRow(page, item, found)),
    openList: found.lists.find(({ id }) => id === query.list) ?? null,
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

function countText(page: Page, count: number): string {
  return count > COUNT_CAP ? `${page.format.number(COUNT_CAP)}+` : page.format.number(count);
}

function statusLinks(page: Page, { base, query, counts }: ProspectsFound, total: string) {
  const all = {
    href: listAddress(base, query, { status: undefined }),
    label: page.t('prospects.list.all'),
    status: null as string | null,
    count: total,
    isCurrent: query.status === undefined,
  };
  const present = prospectStatuses.filter((status) => counts.has(status) || query.status === status);
  return [
    all,
    ...present.map((status) => ({
      href: listAddress(base, query, { status }),
      label: page.t(`prospects.status.${status}`),
      status,
      count: countText(page, counts.get(status) ?? 0),
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

function prospectRow(page: Page, item: ListedProspect, { team, now }: ProspectsFound) {
  const { id, fullName, title, companyName, status, statusUntil, fit, fitScore, lastActivityAt } = item;
  return {
    id,
    href: `/prospects/${id}`,
    name: fullName,
    title: title ?? item.email,
    company: companyName,
    status,
    statusText: page.t(`prospects.status.${status}`),
    until: statusUntil === null ? null : page.format.day(statusUntil),
    fit: fit ?? 'unknown',
    fitText: page.t(`prospects.fit.${fit ?? 'unknown'}`),
    score: fitScore === null ? null : page.format.number(fitScore),
    owner: team.find((one) => one.id === item.ownerId)?.name ?? null,
    activity: page.format.relative(lastActivityAt, now),
    activityAt: lastActivityAt.toISOString(),
  };
}
