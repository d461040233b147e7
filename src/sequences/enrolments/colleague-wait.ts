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
export function isFree(wait: Wait, answers: CompanyAnswers): boolean {
  const isOfIt = ({ factId, at }: { factId: string; at: Date }): boolean =>
    at >= wait.since && factId < wait.factId;
  return missedAnswer(wait, answers) === null && answers.takenBack.some(isOfIt);
}

/** Whose answer it is to wait for: the latest of the others since it went on; null when nobody answered. */
export function missedAnswer(
  { prospectId, since }: Pick<Wait, 'prospectId' | 'since'>,
  { standing }: Pick<CompanyAnswers, 'standing'>,
): string | null {
  const others = standing.filter((answer) => answer.prospectId !== prospectId && answer.at >= since);
  others.sort((one, other) => other.at.getTime() - one.at.getTime());
  return others[0]?.prospectId ?? null;
}
