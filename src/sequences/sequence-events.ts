/** What is told in a sequence's history. */
export const sequenceEventKinds = [
  'created',
  'edited',
  'submitted',
  'withdrawn',
  'approved',
  'approved_on_behalf',
  'refused',
  'refused_on_behalf',
  'test_started',
  'go',
  'no_go',
  'launched',
  'paused',
  'resumed',
  'limited',
  'migrated',
  'archived',
] as const;

export type SequenceEventKind = (typeof sequenceEventKinds)[number];
