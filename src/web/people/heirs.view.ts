import type { Refused } from '../rendering/page.js';

/** Who could take over, with what was ticked already; views/people/_heirs.hbs shows them. */
export function heirChoices(
  heirs: readonly { id: string; name: string }[],
  { values }: Pick<Refused, 'values'>,
) {
  const { toIds, isFreed } = values;
  const chosen: unknown[] = Array.isArray(toIds) ? toIds : [toIds];
  return {
    heirs: heirs.map((one) => ({ ...one, isChosen: chosen.includes(one.id) })),
    isFreed: Boolean(isFreed),
  };
}
