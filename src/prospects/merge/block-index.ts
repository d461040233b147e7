/** Members a block may have: more share a key that says nothing, such as the number of a switchboard. */
const MOST_MEMBERS = 40;
const PARTS = 64;
/** Pairs told at once: more of them, and nobody else is heard while they are put together. */
const AT_ONCE = 3000;
/** Places fit into 21 bits beside a hash of 32: two million people a client. */
const PLACES = 2 ** 21;

/**
 * Files people by their blocking keys and tells which of them share one. Keys are kept as hashes in plain numbers, eight
 * bytes each, so that 200,000 people take some 20 MB while they are compared; a collision only costs a comparison.
 */
export class BlockIndex {
  private readonly parts: Growing[] = Array.from({ length: PARTS }, () => new Growing());

  /** @param place where the person stands in the caller's list, from 0 */
  add(place: number, keys: Iterable<string>): void {
    for (const key of keys) {
      const hash = hashOf(key);
      this.parts[hash % PARTS]!.push(hash * PLACES + place);
    }
  }

  /** Pairs of places that share a key, some at a time so that the caller can let others have a turn. */
  *pairs(): Generator<(readonly [number, number])[]> {
    const seen = Array.from({ length: PARTS }, () => new Set<number>());
    for (const part of this.parts) yield* pairsIn(part.sorted(), seen);
  }
}

/** @param seen by the first of a pair: one set of all would stop everybody whenever it makes itself wider */
function* pairsIn(entries: Float64Array, seen: readonly Set<number>[]): Generator<[number, number][]> {
  let pairs: [number, number][] = [];
  for (let from = 0, to = 0; from < entries.length; from = to) {
    const hash = Math.floor(entries[from]! / PLACES);
    while (to < entries.length && Math.floor(entries[to]! / PLACES) === hash) to += 1;
    if (to - from < 2 || to - from > MOST_MEMBERS) continue;
    for (let one = from; one < to; one += 1) {
      for (let other = one + 1; other < to; other += 1) {
        const pair: [number, number] = [entries[one]! % PLACES, entries[other]! % PLACES];
        const name = pair[0] * PLACES + pair[1];
        const known = seen[pair[0] % PARTS]!;
        if (pair[0] === pair[1] || known.has(name)) continue;
        known.add(name);
        pairs.push(pair);
      }
    }
    if (pairs.length < AT_ONCE) continue;
    yield pairs;
    pairs = [];
  }
  yield pairs;
}

/** Numbers in a row, without an object each. */
class Growing {
  private numbers = new Float64Array(256);
  private size = 0;

  push(number: number): void {
    if (this.size === this.numbers.length) {
      const wider = new Float64Array(this.size * 2);
      wider.set(this.numbers);
      this.numbers = wider;
    }
    this.numbers[this.size] = number;
    this.size += 1;
  }

  sorted(): Float64Array {
    return this.numbers.subarray(0, this.size).sort();
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
