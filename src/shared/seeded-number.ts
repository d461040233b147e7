/**
 * A number in [0, 1) that looks random and is always the same for the same key: jitter and gaps that a test, a second
 * worker or a restart reckon alike. FNV-1a, stirred once more so that keys that differ in their last sign lie far apart.
 */
export function seededNumber(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
