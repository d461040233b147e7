import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits for a cookie, a link or an API token. Only its hash is ever stored. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** SHA-256, hex: enough for secrets that are random already (passwords take argon2id). */
export function hashOf(secret: string): string {
  return hash('sha256', secret);
}

/** A keyed hash that only this installation can make, for one purpose. */
export function signed(key: string, purpose: string, value: string): string {
  return createHmac('sha256', key).update(`${purpose}\n${value}`).digest('base64url');
}

/** Compares without telling by its duration where the difference is. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
