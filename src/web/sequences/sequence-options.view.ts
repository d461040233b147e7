import type { OpenSequence } from '../../sequences/enrolments/open-sequences.queries.js';
import type { Page } from '../rendering/page.js';

/** Sequences to choose one from, each with where it stands: one not launched yet takes people, and keeps them waiting. */
export function sequenceOptions(page: Page, sequences: readonly OpenSequence[], chosen?: unknown) {
  return sequences.map(({ id, name, state }) => ({
    value: id,
    isSelected: id === chosen,
    label: `${name} (${page.t(`sequences.states.${state}`)})`,
  }));
}
