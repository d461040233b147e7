/** What a refusal means: for the person (`bounce_…`) or for us (`sender_blocked`: the person stays valid). */
export type BounceKind = 'bounce_hard' | 'bounce_soft' | 'sender_blocked';

const HARD = /^5\.(1\.[01236]|1\.10|2\.1)$/;
const SOFT = /^(4\.\d+\.\d+|5\.2\.[23]|5\.3\.4)$/;
const BLOCKED = /^5\.7\.\d+$/;

/**
 * The one table from an enhanced status code (RFC 3463) to what it means, for delivery reports and for refusals inside the
 * SMTP dialogue alike. Null where the code alone does not say.
 */
export function kindOfStatus(status: string): BounceKind | null {
  if (BLOCKED.test(status)) return 'sender_blocked';
  if (SOFT.test(status)) return 'bounce_soft';
  return HARD.test(status) ? 'bounce_hard' : null;
}
