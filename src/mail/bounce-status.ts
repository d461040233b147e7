/** What a refusal means: for the person (`bounce_…`) or for us (`sender_blocked`: the person stays valid). */
export type BounceKind = 'bounce_hard' | 'bounce_soft' | 'sender_blocked';

const HARD = /^5\.(1\.[012346]|1\.10|2\.1|4\.4)$/;
/** Full, too large, their system or the road to it: another day it may go through. */
const SOFT = /^(4\.\d+\.\d+|5\.2\.([234]|122)|5\.3\.\d+|5\.4\.\d+)$/;
/** Policy, the sender's own address, and what the message holds. */
const BLOCKED = /^5\.(7\.\d+|1\.[78]|6\.\d+)$/;

/**
 * The one table from an enhanced status code (RFC 3463) to what it means, for delivery reports and for refusals inside the
 * SMTP dialogue alike. Null where the code alone does not say.
 */
export function kindOfStatus(status: string): BounceKind | null {
  if (HARD.test(status)) return 'bounce_hard';
  if (BLOCKED.test(status)) return 'sender_blocked';
  return SOFT.test(status) ? 'bounce_soft' : null;
}
