const HOUR = 3_600_000;
/** Hours to leave an address alone after its first, second and further soft bounces. */
export const SOFT_BACK_OFF = [4, 24, 72] as const;
/** So many soft bounces in so many days are a hard one. */
export const SOFT_LIMIT = { times: 3, days: 14 } as const;

/** What soft bounces so far mean: the address is dead, or left alone until an instant. `at`: those known, the last included. */
export function afterSoftBounce(at: readonly Date[]): { isHard: true } | { isHard: false; until: Date } {
  const last = Math.max(...at.map((one) => one.getTime()));
  const recent = at.filter((one) => one.getTime() > last - SOFT_LIMIT.days * 24 * HOUR).length;
  if (recent >= SOFT_LIMIT.times) return { isHard: true };
  const hours = SOFT_BACK_OFF[Math.min(at.length, SOFT_BACK_OFF.length) - 1]!;
  return { isHard: false, until: new Date(last + hours * HOUR) };
}
