/**
 * Which variant of a step a person gets: the same one whenever it is asked, spread evenly over people.
 * FNV-1a of the enrolment and the step, modulo the number of variants; 0-based.
 */
export function chooseVariant(enrolmentId: string, stepId: string, variants: number): number {
  let hash = 0x811c9dc5;
  for (const sign of `${enrolmentId}:${stepId}`) {
    hash = Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return variants > 0 ? hash % variants : 0;
}
