import type { Sequence, SequenceVersion, Step } from './sequence.entity.js';
import { sealOfVersion } from './approval/text-seal.js';

/** A sequence as the API tells it. */
export interface SequenceOutput {
  id: string;
  clientId: string;
  name: string;
  state: string;
  /** Language of the messages. */
  locale: string;
  /** The newest version; its own state, and the version people are enrolled with. */
  version: number;
  versionState: string;
  approvedVersion: number | null;
  /** Mails in 24 h at most, over all mailboxes; null: as many as those may send. */
  dailyCap: number | null;
  createdAt: Date;
  launchedAt: Date | null;
  approvedAt: Date | null;
  steps: Step[];
  /** Of the newest version's words as they stand: sent with an approval, it approves these and no others. */
  seal: string;
}

export function toSequenceOutput(written: { sequence: Sequence; version: SequenceVersion }): SequenceOutput {
  const { id, clientId, name, state, locale, approvedVersion, dailyCap, createdAt, launchedAt } =
    written.sequence;
  const { version, state: versionState, approvedAt, steps } = written.version;
  const standing = { state, locale, version, versionState, approvedVersion, dailyCap };
  return {
    id,
    clientId,
    name,
    ...standing,
    createdAt,
    launchedAt,
    approvedAt,
    steps,
    seal: sealOfVersion(written),
  };
}
