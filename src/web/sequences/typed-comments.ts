/** A remark as the form holds it: `comments[<step id>]`, or `comments[whole]`. */
export interface TypedComment {
  stepId?: string;
  text: string;
}

const WHOLE = 'whole';

/** Where a remark on this step, or on the whole (null), is typed. */
export const placeOf = (stepId: string | null): string => stepId ?? WHOLE;

/** What was typed, without the blank ones; undefined when nothing was. */
export function typedComments({ comments }: Record<string, unknown>): TypedComment[] | undefined {
  if (typeof comments !== 'object' || comments === null) return undefined;
  const typed = Object.entries(comments).flatMap(([place, text]: [string, unknown]) =>
    typeof text !== 'string' || text.trim() === ''
      ? []
      : [place === WHOLE ? { text } : { stepId: place, text }],
  );
  return typed.length > 0 ? typed : undefined;
}

/**
 * The remarks of a refused form, by place. Under the whole stand those on steps that are no more, and the reason of an
 * answer that can no longer be given.
 */
export function draftsOf(
  { comments, reason }: Record<string, unknown>,
  stepIds: readonly string[],
  canAnswer: boolean,
): Map<string, string> {
  const typed: TypedComment[] = Array.isArray(comments) ? [...(comments as TypedComment[])] : [];
  if (!canAnswer && typeof reason === 'string') typed.push({ text: reason });
  const drafts = new Map<string, string>();
  for (const { stepId, text } of typed) {
    const place = stepId !== undefined && stepIds.includes(stepId) ? stepId : WHOLE;
    drafts.set(place, [drafts.get(place), text].filter(Boolean).join('\n\n'));
  }
  return drafts;
}
