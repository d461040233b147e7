/** What decides which enrolment of one person goes on. */
export interface MergingEnrolment {
  id: string;
  prospectId: string;
  sequenceId: string;
  state: string;
  enrolledAt: Date;
  /** Steps already done. */
  touches: number;
}

/** What becomes of the enrolments of two prospects who are one person. */
export interface EnrolmentFates {
  /** A sequence has a person once: these rows go, the other prospect's in the same sequence stays. */
  dropped: string[];
  /** Open ones that end, because another goes on or because outreach is over. */
  ended: string[];
}

/**
 * Of two enrolments in one sequence the more advanced stays: one that has ended before one that runs, else the one with
 * more steps done, else the earlier, else the survivor's. Of all that stay, at most one goes on, by the same order;
 * none does when the merged person's status ends outreach.
 */
export function fatesOf(
  enrolments: readonly MergingEnrolment[],
  survivorId: string,
  isOver: boolean,
): EnrolmentFates {
  const inOrder = [...enrolments].sort((one, other) => moreAdvanced(one, other, survivorId));
  const staying = inOrder.filter(
    ({ sequenceId }, at) => inOrder.findIndex((one) => one.sequenceId === sequenceId) === at,
  );
  const dropped = inOrder.filter((one) => !staying.includes(one));
  const open = staying.filter(isOpen);
  return {
    dropped: dropped.map(({ id }) => id),
    ended: (isOver ? open : open.slice(1)).map(({ id }) => id),
  };
}

const isOpen = ({ state }: MergingEnrolment): boolean => state !== 'finished';

function moreAdvanced(one: MergingEnrolment, other: MergingEnrolment, survivorId: string): number {
  return (
    Number(isOpen(one)) - Number(isOpen(other)) ||
    other.touches - one.touches ||
    one.enrolledAt.getTime() - other.enrolledAt.getTime() ||
    Number(one.prospectId !== survivorId) - Number(other.prospectId !== survivorId)
  );
}
