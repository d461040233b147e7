import type { Sequence, SequenceVersion, Step } from './sequence.entity.js';

/** A sequence as the API tells it. */
export interface SequenceOutput {
  id: string;
  clientId: string;
  name: string;
  state: string;
  version: number;
  createdAt: Date;
  launchedAt: Date | null;
  approvedAt: Date | null;
  steps: Step[];
}

export function toSequenceOutput(written: { sequence: Sequence; version: SequenceVersion }): SequenceOutput {
  const { id, clientId, name, state, createdAt, launchedAt } = written.sequence;
  const { version, approvedAt, steps } = written.version;
  return { id, clientId, name, state, version, createdAt, launchedAt, approvedAt, steps };
}
