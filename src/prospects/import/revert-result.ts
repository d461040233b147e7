/** Why a row of the import stays as it is. */
export type KeptReason = 'worked_since' | 'changed_since';
export interface RevertResult {
  /** Prospects the import had created, gone again. */
  removed: number;
  /** Prospects it had updated, as they were before. */
  restored: number;
  keptCount: number;
  /** The first hundred of those kept. */
  kept: { prospectId: string; name: string; reason: KeptReason }[];
  /** The user who asked for it. */
  by: string | null;
}
