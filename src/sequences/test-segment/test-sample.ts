import { createHash } from 'node:crypto';

/**
 * Puts people in the order of a draw: the same for the same seed, whatever order they came in, and nobody twice. The
 * first n are the sample of n, so a larger sample holds the smaller one; somebody added later changes the others' order
 * no more than by standing among them.
 */
export function drawOrder(ids: readonly string[], seed: string): string[] {
  const ranked = [...new Set(ids)].map((id) => ({ id, rank: rankOf(id, seed) }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return ranked.map(({ id }) => id);
}

/** `size` of them, or all when there are fewer. */
export function drawSample(ids: readonly string[], size: number, seed: string): string[] {
  return drawOrder(ids, seed).slice(0, Math.max(0, size));
}

function rankOf(id: string, seed: string): string {
  return createHash('sha256').update(`${seed}\n${id}`).digest('hex');
}
