import { DateTime } from 'luxon';
import type { TrailEntry, TrailFilter } from '../../accounts/audit.queries.js';
import type { Page as Listed } from '../../shared/paging.js';
import type { Page } from '../rendering/page.js';
import type { TrailQuery } from './settings.dto.js';
import { trailDetails } from './trail-details.view.js';
import { addressOf, sentenceOf } from './trail-words.js';

interface Named {
  id: string;
  name: string;
}

/** What the trail speaks about, in the order of the filter. */
const SUBJECTS = [
  'user',
  'token',
  'client',
  'engagement',
  'icp',
  'import',
  'prospect',
  'list',
  'suppression',
  'sequence',
  'meeting',
  'mailbox',
] as const;

/** A day that is none is left out, as if not asked for. Days are those of the agency, like the times shown. */
export function trailFilter(
  { person, about, client, from, to, cursor }: TrailQuery,
  zone: string,
): TrailFilter {
  return {
    userId: person || undefined,
    subjectType: about || undefined,
    clientId: client || undefined,
    from: dayIn(zone, from)?.toJSDate(),
    to: dayIn(zone, to)?.plus({ days: 1 }).toJSDate(),
    cursor: cursor || undefined,
  };
}

export function trailView(
  page: Page,
  query: TrailQuery,
  zone: string,
  { entries, people, clients }: { entries: Listed<TrailEntry>; people: Named[]; clients: Named[] },
): object {
  const options = (all: readonly Named[], chosen: string | undefined): object[] =>
    all.map(({ id, name }) => ({ value: id, label: name, isSelected: id === chosen }));
  const subjects = SUBJECTS.map((id) => ({ id, name: page.t(`settings.audit.subjects.${id}`) }));
  const { cursor, ...filter } = query;
  const asked = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return {
    people: options(people, query.person),
    subjects: options(subjects, query.about),
    clients: options(clients, query.client),
    from: query.from ?? '',
    to: query.to ?? '',
    isFiltered: asked.size > 0,
    entries: entries.items.map((entry) => entryView(page, entry, clients, zone)),
    first: cursor ? `/settings/audit?${asked}` : null,
    next: entries.nextCursor === null ? null : `/settings/audit?${nextOf(asked, entries.nextCursor)}`,
  };
}

function entryView(page: Page, entry: TrailEntry, clients: readonly Named[], zone: string): object {
  const sentence = sentenceOf(entry.act);
  return {
    at: `${page.format.moment(entry.at, zone)} ${page.format.zone(entry.at, zone)}`,
    iso: entry.at.toISOString(),
    who: entry.userName ?? 'Carnet',
    act: sentence === null ? null : page.t(sentence),
    code: entry.act,
    subject: entry.subjectId === entry.userId ? null : entry.subjectName,
    href: addressOf(entry.subjectType, entry.subjectId),
    client: clients.find(({ id }) => id === entry.clientId)?.name ?? '',
    details: trailDetails(page, entry),
    origin: entry.origin,
  };
}

function dayIn(zone: string, on: string | undefined): DateTime | undefined {
  if (!on || !/^\d{4}-\d{2}-\d{2}$/.test(on)) return undefined;
  const day = DateTime.fromISO(on, { zone }).startOf('day');
  return day.isValid ? day : undefined;
}

function nextOf(asked: URLSearchParams, cursor: string): string {
  const next = new URLSearchParams(asked);
  next.set('cursor', cursor);
  return next.toString();
}
