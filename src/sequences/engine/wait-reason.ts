/** Why the engine itself put a mail off; kept on the enrolment until its next try. */
export const waitReasons = [
  'window',
  'courtesy',
  'missing_field',
  'not_approved',
  'domain_full',
  'soft_bounce',
] as const;
export type PutOff = (typeof waitReasons)[number];
