import { legalMoves } from '../shared/legal-moves.js';

/** Where a sequence stands between its first draft and its retirement. */
export type SequenceState = 'draft' | 'submitted' | 'approved' | 'testing' | 'live' | 'paused' | 'archived';

/** A sequence goes live through an approval and a test, never around them; from a pause it goes back to either. */
export const sequenceMoves = legalMoves<SequenceState>({
  of: 'a sequence',
  starts: ['draft'],
  finals: ['archived'],
  moves: {
    draft: ['submitted', 'archived'],
    submitted: ['approved', 'draft'],
    approved: ['testing', 'draft', 'archived'],
    testing: ['live', 'paused'],
    live: ['paused'],
    paused: ['testing', 'live', 'archived'],
    archived: [],
  },
});

/** What a person does to a sequence, and the state it leads to. */
export const sequenceActs = {
  submit: 'submitted',
  approve: 'approved',
  revise: 'draft',
  test: 'testing',
  launch: 'live',
  pause: 'paused',
  archive: 'archived',
} as const satisfies Record<string, SequenceState>;

export type SequenceAct = keyof typeof sequenceActs;

/** Steps fall due only in these states; enrolments wait in the others. */
export function isRunning(state: SequenceState): boolean {
  return state === 'testing' || state === 'live';
}

/** Changing a text that was submitted or approved takes the approval back; a running sequence gets a new version instead. */
export function stateAfterEdit(state: SequenceState): SequenceState {
  return state === 'submitted' || state === 'approved' ? 'draft' : state;
}

/** The acts open in a state, in the order people do them. */
export function actsFrom(state: SequenceState): SequenceAct[] {
  return (Object.keys(sequenceActs) as SequenceAct[]).filter((act) =>
    sequenceMoves.allows(state, sequenceActs[act]),
  );
}
