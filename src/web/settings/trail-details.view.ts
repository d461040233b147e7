import { type Role, ROLES } from '../../accounts/actor.js';
import type { TrailEntry } from '../../accounts/audit.queries.js';
import { type ProspectStatus, prospectStatuses } from '../../prospects/status/status.js';
import { sequenceMoves, type SequenceState } from '../../sequences/sequence-states.js';
import { isId } from '../../shared/id.js';
import type { Page } from '../rendering/page.js';

/** What acts note down, under a name of the screens (`trail.names`). */
const NAMED = new Set([
  'added',
  'address',
  'already',
  'bytes',
  'cause',
  'changed',
  'count',
  'endsOn',
  'fields',
  'kept',
  'kind',
  'name',
  'prospects',
  'reason',
  'refused',
  'removed',
  'repeated',
  'restored',
  'role',
  'rows',
  'source',
  'startsOn',
  'state',
  'status',
  'stopped',
  'version',
]);

/** Values of acts that are words of ours, under `trail.words`. */
const WORDS = new Set([
  'delist',
  'domain',
  'email',
  'enlist',
  'error',
  'import',
  'left_client',
  'linkedin',
  'locale',
  'name',
  'owner',
  'phone',
  'status',
  'suppress',
  'theme',
]);

/** A move is said in the words of the screens, the rest by name and value; what only a program reads is left out. */
export function trailDetails(page: Page, entry: TrailEntry): string[] {
  const { from, to, ...others } = entry.details ?? {};
  const word = (name: string, value: unknown): string => wordOf(page, entry.subjectType, name, value);
  const move = from === undefined || to === undefined ? [] : [`${word('to', from)} → ${word('to', to)}`];
  const rest = Object.entries(others)
    .filter(([name, value]) => !isForPrograms(entry, name, value))
    .map(([name, value]) =>
      page.format.pair(NAMED.has(name) ? page.t(`trail.names.${name}`) : name, word(name, value)),
    );
  return [...move, ...rest];
}

/** Ids open nothing for a reader; an import's status is said by the act itself. */
function isForPrograms({ subjectType }: TrailEntry, name: string, value: unknown): boolean {
  if (value === null || value === '' || (typeof value === 'string' && isId(value))) return true;
  return subjectType === 'import' && name === 'status';
}

function wordOf(page: Page, subjectType: string, name: string, value: unknown): string {
  if (subjectType === 'sequence' && isOne<SequenceState>(sequenceMoves.states, value))
    return page.t(`sequences.states.${value}`);
  if (isOne<ProspectStatus>(prospectStatuses, value)) return page.t(`prospects.status.${value}`);
  if (subjectType === 'user' && isOne<Role>(ROLES, value)) return page.t(`settings.roles.${value}`);
  if (typeof value === 'string' && isCoded(name) && WORDS.has(value)) return page.t(`trail.words.${value}`);
  if (name === 'bytes' && typeof value === 'number')
    return page.t('trail.kilobytes', { n: page.format.number(Math.ceil(value / 1000)) });
  if (name.endsWith('On') && typeof value === 'string') return page.format.day(value);
  if (typeof value === 'number') return page.format.number(value);
  return textOf(value);
}

/** Under these names stands a code; under others somebody's own word may happen to be the same. */
const isCoded = (name: string): boolean => ['cause', 'changed', 'kind', 'source'].includes(name);

const isOne = <T extends string>(all: readonly T[], value: unknown): value is T =>
  (all as readonly unknown[]).includes(value);

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}
