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

  add(known: KnownProspect): void {
    for (const kind of KEY_KINDS) {
      const key = known.keys[kind];
      if (key !== null && !this.byKey[kind].has(key)) this.byKey[kind].set(key, known);
    }
  }

  holderOf(kind: KeyKind, key: string): KnownProspect | undefined {
    return this.byKey[kind].get(key);
  }
}
