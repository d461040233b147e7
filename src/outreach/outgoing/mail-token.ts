import { createHmac } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const SHAPE = /^[a-z2-7]{26}$/;

/**
 * What stands for one mail in an unsubscribe link and in a plus-address: 128 bits of HMAC-SHA256 over the mail's id, in
 * base32 without capitals, since relays lower-case addresses. Only who holds the key could make another.
 */
export function mailToken(secretKey: string, mailId: string): string {
  const digest = createHmac('sha256', secretKey).update(`unsubscribe:${mailId}`).digest().subarray(0, 16);
  let token = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    bits = ((bits << 8) | byte) & 0xfff;
    held += 8;
    for (; held >= 5; held -= 5) token += ALPHABET.charAt((bits >> (held - 5)) & 31);
  }
  return token + ALPHABET.charAt((bits << (5 - held)) & 31);
}

/** Whether a word can be a token at all; said before any table is asked. */
export function isMailToken(word: string): boolean {
  return SHAPE.test(word);
}

/** `lea@agence.fr` → `lea+<token>@agence.fr`: answers to it say which mail they answer. */
export function plusAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${token}${address.slice(at)}`;
}
