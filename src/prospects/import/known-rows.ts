import { KEY_KINDS, type IdentityKeys, type KeyKind } from './identity-keys.js';
import type { KnownProspect } from './row-decision.js';

/** A prospect, put together only if a row turns out to be about it. */
class Holder {
  private one: KnownProspect | null = null;
  constructor(private readonly make: () => KnownProspect) {}

  get known(): KnownProspect {
    return (this.one ??= this.make());
  }
}

/** Prospects found again by any of their keys. */
export class KnownRows {
  private readonly byKey: Record<KeyKind, Map<string, Holder>> = {
    external: new Map(),
    email: new Map(),
    linkedin: new Map(),
    name: new Map(),
  };

  /** Once more after a change: it is then found as it has become, also by the keys it gained. */
  add(known: KnownProspect): void {
    const mine = new Holder(() => known);
    for (const kind of KEY_KINDS) {
      const key = known.keys[kind];
      const holder = key === null ? undefined : this.byKey[kind].get(key);
      if (key !== null && (holder === undefined || holder.known.id === known.id))
        this.byKey[kind].set(key, mine);
    }
    for (const { kind, value } of known.aliases ?? [])
      if (!this.byKey[kind].has(value)) this.byKey[kind].set(value, mine);
  }

  /** One whose keys nobody holds yet: most of a file's people are never met again in it. */
  addLater(keys: IdentityKeys, make: () => KnownProspect): void {
    const mine = new Holder(make);
    for (const kind of KEY_KINDS) if (keys[kind] !== null) this.byKey[kind].set(keys[kind], mine);
  }

  holderOf(kind: KeyKind, key: string): KnownProspect | undefined {
    return this.byKey[kind].get(key)?.known;
  }
}
