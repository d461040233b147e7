import { legalMoves } from '../shared/legal-moves.js';

/** Where a sequence stands between its first draft and its retirement. */
export type SequenceState = 'draft' | 'submitted' | 'approved' | 'testing' | 'live' | 'paused' | 'archived';

/** Where the texts of one version stand. */
export type VersionState = 'draft' | 'submitted' | 'approved' | 'refused';

/**
 * A sequence goes live through an approval and a test, never around them; from a pause it goes back to either. A NO-GO
 * leads from the test to wherever its newest version stands.
 */
export const sequenceMoves = legalMoves<SequenceState>({
  of: 'a sequence',
  starts: ['draft'],
  finals: ['archived'],
  moves: {
    draft: ['submitted', 'archived'],
    submitted: ['approved', 'draft'],
    approved: ['testing', 'draft', 'archived'],
    testing: ['live', 'paused', 'draft', 'submitted', 'approved'],
    live: ['paused'],
    paused: ['testing', 'live', 'draft', 'submitted', 'approved', 'archived'],
    archived: [],
  },
});

/** What a person does to a sequence as a whole; submitting, approving and refusing are done to a version of it. */
export type SequenceAct =
  | 'submit'
  | 'withdraw'
  | 'approve'
  | 'refuse'
  | 'test'
  | 'decide'
  | 'launch'
  | 'pause'
  | 'resume'
  | 'archive';

/** What decides which acts are open. */
export interface Standing {
  state: SequenceState;
  /** The newest version, where it stands, and the one people are enrolled with. */
  version: number;
  versionState: VersionState;
  approvedVersion: number | null;
  /** A test waits for its GO or NO-GO. */
  isTestOpen: boolean;
  /** The approved version passed a test, or the sequence was live before. */
  hasGo: boolean;
  wasLaunched: boolean;
}

/** The acts open to somebody, in the order people do them. */
export function actsFrom(standing: Standing): SequenceAct[] {
  const { state, versionState, approvedVersion, version, isTestOpen, hasGo, wasLaunched } = standing;
  const isWritten = versionState === 'draft' || versionState === 'refused';
  const open: Record<SequenceAct, boolean> = {
    submit: state !== 'archived' && isWritten,
    withdraw:
      (state !== 'archived' && versionState === 'submitted') ||
      (state === 'approved' && approvedVersion === version),
    approve: state !== 'archived' && versionState === 'submitted',
    refuse: state !== 'archived' && versionState === 'submitted',
    test: (state === 'approved' || state === 'testing') && approvedVersion !== null && !isTestOpen,
    decide: (state === 'testing' || state === 'paused') && isTestOpen,
    launch: state === 'testing' && hasGo && !isTestOpen,
    pause: state === 'testing' || state === 'live',
    resume: state === 'paused' && approvedVersion !== null && (wasLaunched || isTestOpen || hasGo),
    archive: sequenceMoves.allows(state, 'archived'),
  };
  return (Object.keys(open) as SequenceAct[]).filter((act) => open[act]);
}

/** Before its launch a sequence stands where its newest version stands; once it runs, versions do not move it. */
export function stateOfWriting(version: VersionState): SequenceState {
  return version === 'refused' ? 'draft' : version;
}

/** Whether versions are written beside a sequence that is at work. */
export function isAtWork(state: SequenceState): boolean {
  return state === 'testing' || state === 'live' || state === 'paused';
}

/** Steps fall due only in these states; enrolments wait in the others. */
export function isRunning(state: SequenceState): boolean {
  return state === 'testing' || state === 'live';
}

/** What a sequence is for one enrolment: while it is tested it runs for the test segment, and the others wait. */
export function stateFor({ isTest }: { isTest: boolean }, state: SequenceState): SequenceState {
  return state === 'testing' && !isTest ? 'approved' : state;
}
