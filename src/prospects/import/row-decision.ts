import { hasKey, KEY_KINDS, ownIdIn, type IdentityKeys, type KeyKind } from './identity-keys.js';
import { companyKey } from '../../shared/company-name.js';
import { foldText } from '../../shared/folded-text.js';
import type { ProspectStatus } from '../status/status.js';
import type { PersonDraft, ProspectDraft, RowProblem } from './prospect-draft.js';

export type OnDuplicate = 'fill' | 'skip' | 'overwrite';
export type OnActive = 'bring' | 'leave';
export type RowReason =
  | RowProblem
  | 'duplicate_in_file'
  | 'already_known'
  | 'in_sequence'
  | 'ambiguous_match'
  | 'suppressed'
  | 'erased';

/** The verdict as its columns hold it; the reasons are JSON text. */
export interface StoredVerdict {
  icpVersionId: string | null;
  fit: string | null;
  fitScore: number | null;
  fitReasons: string | null;
}

/** A prospect of the client that shares a key with the row. */
export interface KnownProspect extends PersonDraft {
  id: string;
  keys: IdentityKeys;
  /** Keys of somebody who turned out to be the same person and was merged. */
  aliases?: readonly { kind: KeyKind; value: string }[];
  companyId: string | null;
  /** As written on the prospect. */
  companyName: string | null;
  custom: Record<string, string> | null;
  status: ProspectStatus;
  version: number;
  /** The import that created it. */
  importId: string | null;
  judged: StoredVerdict;
}

/** New values by field; `custom` holds only the custom fields that change. */
export interface Changes {
  person: Partial<PersonDraft>;
  custom: Record<string, string>;
  keys: Partial<IdentityKeys>;
  /** Whether the prospect moves to the company of the row. */
  isMove: boolean;
}

export type RowDecision =
  | { outcome: 'created'; keys: IdentityKeys }
  | { outcome: 'updated'; known: KnownProspect; changes: Changes }
  | { outcome: 'unchanged'; known: KnownProspect }
  /** Said twice in one file: the earlier row stands, and what it left blank is filled from this one. */
  | { outcome: 'skipped'; reason: 'duplicate_in_file'; known: KnownProspect; changes: Changes | null }
  | { outcome: 'skipped' | 'failed'; reason: Exclude<RowReason, 'duplicate_in_file'>; known?: KnownProspect };

export interface RowCircumstances {
  /** The client's prospect that holds a key, if any. */
  holderOf: (kind: KeyKind, key: string) => KnownProspect | undefined;
  /** Whether an earlier row of this file was already that prospect. */
  isSeen: (known: KnownProspect) => boolean;
  isSuppressed: boolean;
  /** Whether the person was erased, and must not come back. */
  isErased: boolean;
  onDuplicate: OnDuplicate;
  onActive: OnActive;
}

/**
 * What becomes of a row. A key of higher trust decides; when two keys point at two prospects, nobody is merged and a person
 * must look. A blank cell never changes anything.
 */
export function decideRow(draft: ProspectDraft, at: RowCircumstances): RowDecision {
  if (draft.problem === 'do_not_contact') return { outcome: 'skipped', reason: draft.problem };
  if (draft.problem !== null) return { outcome: 'failed', reason: draft.problem };
  if (at.isErased) return { outcome: 'skipped', reason: 'erased' };
  if (at.isSuppressed) return { outcome: 'skipped', reason: 'suppressed' };
  const holders = KEY_KINDS.map((kind) =>
    draft.keys[kind] === null ? undefined : at.holderOf(kind, draft.keys[kind]),
  );
  const known = recognised(draft, holders);
  if (known === 'ambiguous') return { outcome: 'failed', reason: 'ambiguous_match' };
  if (known === undefined) {
    const keys = withoutOwnId(draft.keys);
    if (!hasKey(keys)) return { outcome: 'failed', reason: 'missing_identity' };
    return { outcome: 'created', keys: freeKeys(keys, holders) };
  }
  if (at.isSeen(known)) {
    const changes = changesTo(known, draft, false, holders);
    return {
      outcome: 'skipped',
      reason: 'duplicate_in_file',
      known,
      changes: isNothing(changes) ? null : changes,
    };
  }
  if (at.onActive === 'leave' && known.status === 'in_sequence')
    return { outcome: 'skipped', reason: 'in_sequence', known };
  if (at.onDuplicate === 'skip') return { outcome: 'skipped', reason: 'already_known', known };
  const changes = changesTo(known, draft, at.onDuplicate === 'overwrite', holders);
  return isNothing(changes) ? { outcome: 'unchanged', known } : { outcome: 'updated', known, changes };
}

type Holders = readonly (KnownProspect | undefined)[];

function recognised(draft: ProspectDraft, holders: Holders): KnownProspect | 'ambiguous' | undefined {
  const strong = holders.slice(0, 3).filter((holder) => holder !== undefined);
  const first = strong[0];
  if (first === undefined) return sameNameAtSameCompany(draft, holders[3]);
  const isOnePerson = strong.every((holder) => holder.id === first.id);
  return isOnePerson && !isSharedAddress(draft, first) ? first : 'ambiguous';
}

/** Two public profiles are two people, be they homonyms in one company. */
function sameNameAtSameCompany(
  draft: ProspectDraft,
  holder: KnownProspect | undefined,
): KnownProspect | undefined {
  const mine = draft.keys.linkedin;
  const theirs = holder?.keys.linkedin ?? null;
  return mine !== null && theirs !== null && mine !== theirs ? undefined : holder;
}

/** contact@… is read by several people: the same address under names that share no word is not one person. */
function isSharedAddress(draft: ProspectDraft, holder: KnownProspect): boolean {
  const isByEmailOnly = draft.keys.email !== null && draft.keys.email === holder.keys.email;
  const isSure =
    ownIdIn(draft.keys.external) === holder.id ||
    sameKey(draft, holder, 'external') ||
    sameKey(draft, holder, 'linkedin');
  if (!isByEmailOnly || isSure) return false;
  const [mine, theirs] = [nameWords(draft.person), nameWords(holder)];
  return mine.length > 1 && theirs.length > 1 && !mine.some((word) => theirs.includes(word));
}

function sameKey(draft: ProspectDraft, holder: KnownProspect, kind: KeyKind): boolean {
  return draft.keys[kind] !== null && draft.keys[kind] === holder.keys[kind];
}

function nameWords({ firstName, lastName }: PersonDraft): string[] {
  if (firstName === null || lastName === null) return [];
  return foldText(`${firstName} ${lastName}`)
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

/** An id of ours that this client does not know is no key of anybody. */
function withoutOwnId(keys: IdentityKeys): IdentityKeys {
  return ownIdIn(keys.external) === null ? keys : { ...keys, external: null };
}

/** A key somebody else holds is left to them. */
function freeKeys(keys: IdentityKeys, holders: Holders): IdentityKeys {
  const free = { ...keys };
  KEY_KINDS.forEach((kind, at) => {
    if (holders[at] !== undefined) free[kind] = null;
  });
  return free;
}

function changesTo(
  known: KnownProspect,
  draft: ProspectDraft,
  mayOverwrite: boolean,
  holders: Holders,
): Changes {
  const person: Partial<PersonDraft> = {};
  for (const field of Object.keys(draft.person) as (keyof PersonDraft)[]) {
    const [was, is] = [known[field], draft.person[field]];
    if (is !== null && is !== '' && is !== was && (was === null || was === '' || mayOverwrite))
      person[field] = is;
  }
  keepTogether(person, known, draft);
  const custom: Record<string, string> = {};
  for (const [name, value] of Object.entries(draft.custom)) {
    const was = known.custom?.[name];
    if (value !== was && (was === undefined || mayOverwrite)) custom[name] = value;
  }
  const keys = keyChanges(known, draft, person, holders, mayOverwrite);
  const changes = { person, custom, keys, isMove: isMove(known, draft, mayOverwrite) };
  return ownIdIn(draft.keys.external) === known.id ? withKeptName(changes) : changes;
}

/** A row of ours needs no name to be found by: its key follows what it is made of, and is no news by itself. */
function withKeptName({ keys: { name, ...keys }, ...changes }: Changes): Changes {
  const { firstName, lastName } = changes.person;
  const isNew = changes.isMove || firstName !== undefined || lastName !== undefined;
  return { ...changes, keys: isNew && name !== undefined ? { ...keys, name } : keys };
}

/** The full name follows first and last name, and a status belongs to its address: neither is filled by itself. */
function keepTogether(person: Partial<PersonDraft>, known: KnownProspect, draft: ProspectDraft): void {
  delete person.fullName;
  if (person.firstName !== undefined || person.lastName !== undefined) {
    const names = [person.firstName ?? known.firstName, person.lastName ?? known.lastName];
    person.fullName = names.filter(Boolean).join(' ');
  }
  if (person.email === undefined && draft.person.email !== known.email) delete person.emailStatus;
}

/** A company that is only a domain is no better name than the one we have. */
function isMove(known: KnownProspect, { company }: ProspectDraft, mayOverwrite: boolean): boolean {
  if (company === null) return false;
  if (known.companyName === null) return true;
  return (
    mayOverwrite &&
    company.name !== company.domain &&
    companyKey(company.name) !== companyKey(known.companyName)
  );
}

function keyChanges(
  known: KnownProspect,
  draft: ProspectDraft,
  person: Partial<PersonDraft>,
  holders: Holders,
  mayOverwrite: boolean,
): Partial<IdentityKeys> {
  const keys: Partial<IdentityKeys> = {};
  KEY_KINDS.forEach((kind, at) => {
    const mine = withoutOwnId(draft.keys)[kind];
    if (mine === null || mine === known.keys[kind] || holders[at] !== undefined) return;
    if (known.keys[kind] === null || (mayOverwrite && follows(kind, person))) keys[kind] = mine;
  });
  return keys;
}

/** An overwritten address or profile takes its key along; an external id is never exchanged for another. */
function follows(kind: KeyKind, person: Partial<PersonDraft>): boolean {
  if (kind === 'email') return person.email !== undefined;
  if (kind === 'linkedin') return person.linkedinUrl !== undefined;
  return kind === 'name';
}

function isNothing({ person, custom, keys, isMove }: Changes): boolean {
  return !isMove && Object.keys(person).length + Object.keys(custom).length + Object.keys(keys).length === 0;
}
