import { randomFillSync } from 'node:crypto';
import { v7, validate } from 'uuid';

/** What ids are made of. */
export interface IdSource {
  /** Milliseconds since 1970. */
  now: () => number;
  fill: (bytes: Uint8Array) => void;
}

/** Asking the system for random bytes costs more than the rest of an id: it is asked for a few hundred at once. */
const random = new Uint8Array(16 * 256);
let used = random.length;
let turn: number | undefined;
let last = '';
/** Null: the machine's own clock and chance. */
let source: IdSource | null = null;

/**
 * From now on ids are made of this; null: of the machine's clock and chance again. The same source makes the same ids,
 * whatever was made before: for a history that is told, in a database of its own. Nothing else may guess an id.
 */
export function makeIdsOf(other: IdSource | null): void {
  source = other;
  used = random.length;
  turn = undefined;
  last = '';
}

/** A new UUIDv7: unique, and sorted by the time it was made, so keys stay together in an index. */
export function newId(): string {
  const bytes = nextRandom();
  turn = turn === undefined ? firstTurn(bytes) : (turn + 1) >>> 0;
  const made = v7({ random: bytes, seq: turn, ...(source && { msecs: source.now() }) });
  // The clock may be set back and the counter turns over: ids go on from where they were.
  last =
    made > last ? made : v7({ random: bytes, seq: turn, msecs: millisecondOf(last) + (turn === 0 ? 1 : 0) });
  return last;
}

/** Whether a text from outside can be one of our ids at all. */
export function isId(text: string): boolean {
  return validate(text);
}

function nextRandom(): Uint8Array {
  if (used === random.length) {
    if (source === null) randomFillSync(random);
    else source.fill(random);
    used = 0;
  }
  used += 16;
  return random.subarray(used - 16, used);
}

/** Processes that start in the same millisecond count from different places. */
function firstTurn(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) >>> 1;
}

function millisecondOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
