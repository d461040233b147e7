/** Why a row of the import stays as it is. */
export type KeptReason = 'worked_since' | 'changed_since' | 'key_taken';
export interface RevertResult {
  /** Prospects the import had created, gone again. */
  removed: number;
  /** Prospects it had updated, as they were before. */
  restored: number;
  keptCount: number;
  /** The first hundred of those kept. */
  kept: { prospectId: string; name: string; reason: KeptReason }[];
  /** Up to which of those it had created it has gone, while it is under way: where a revert that is cut off goes on. */
  after?: string;
  /** The user who asked for it. */
  by: string | null;
}
