/** An enrolment that waits because somebody of the same company answered. */
export interface Wait {
  id: string;
  prospectId: string;
  /** When it was begun, or somebody let it go on for the last time: what was said before had been thought about. */
  since: Date;
  /** The fact that made it wait. Ids of facts stand in the order they were recorded. */
  factId: string;
}

/** What people of one company have said, and what was taken back of it. */
export interface CompanyAnswers {
  standing: readonly { prospectId: string; at: Date }[];
  takenBack: readonly { factId: string; at: Date }[];
}

/**
 * Whether nothing is left to wait for: what stopped it was taken back, and nobody else has answered since. In whatever
 * order several answers are taken back, the last of them frees everybody.
 */
export function isFree(
  { prospectId, since, factId }: Wait,
  { standing, takenBack }: CompanyAnswers,
): boolean {
  const isSince = ({ at }: { at: Date }): boolean => at >= since;
  const isAnswered = standing.some((answer) => answer.prospectId !== prospectId && isSince(answer));
  return !isAnswered && takenBack.some((answer) => isSince(answer) && answer.factId < factId);
}
