import { KEY_KINDS, type KeyKind } from './identity-keys.js';
import type { KnownProspect } from './row-decision.js';

/** Prospects found again by any of their keys. */
export class KnownRows {
  private readonly byKey: Record<KeyKind, Map<string, KnownProspect>> = {
    external: new Map(),
    email: new Map(),
    linkedin: new Map(),
    name: new Map(),
  };

  /** Once more after a change: it is then found as it has become, also by the keys it gained. */
  add(known: KnownProspect): void {
    for (const kind of KEY_KINDS) {
      const key = known.keys[kind];
      const holder = key === null ? undefined : this.byKey[kind].get(key);
      if (key !== null && (holder === undefined || holder.id === known.id)) this.byKey[kind].set(key, known);
    }
  }

  holderOf(kind: KeyKind, key: string): KnownProspect | undefined {
    return this.byKey[kind].get(key);
  }
}
