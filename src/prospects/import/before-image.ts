import type { IdentityKeys } from './identity-keys.js';
import type { PersonDraft } from './prospect-draft.js';
import type { Changes, KnownProspect, StoredVerdict } from './row-decision.js';

/** What an update replaced: enough to put it back, as long as nobody has touched the prospect since. */
export interface BeforeImage {
  person: Partial<PersonDraft>;
  keys: Partial<IdentityKeys>;
  /** All custom fields, when any changed. */
  custom?: Record<string, string> | null;
  /** Where the prospect worked, when the update moved it. */
  company?: { id: string | null; name: string | null };
  judged: StoredVerdict;
  /** The prospect's version after the update. */
  version: number;
}

export function beforeImage(known: KnownProspect, changes: Changes, version: number): BeforeImage {
  const image: BeforeImage = {
    person: picked(known, changes.person),
    keys: picked(known.keys, changes.keys),
    judged: known.judged,
    version,
  };
  if (Object.keys(changes.custom).length > 0) image.custom = known.custom;
  if (changes.isMove) image.company = { id: known.companyId, name: known.companyName };
  return image;
}

function picked<T extends object>(whole: T, like: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.keys(like).map((name) => [name, whole[name as keyof T]])) as Partial<T>;
}
