import type { News } from '../database/db.js';
import type { ProspectStatus } from './status/status.js';

export const PROSPECT_STATUS_CHANGED = 'prospect.status_changed';

/** Told after commit whenever a prospect's status is another one than before, whoever moved it. */
export class ProspectStatusChanged implements News {
  readonly named = PROSPECT_STATUS_CHANGED;

  constructor(
    readonly prospectId: string,
    readonly clientId: string,
    readonly from: ProspectStatus,
    readonly to: ProspectStatus,
    /** The activity row that says so. */
    readonly factId: string,
    /** The fact it takes back, when the change is an undo: what followed from that one may be taken back too. */
    readonly undoesId: string | null = null,
  ) {}
}

/** What a verdict is given by was corrected about a company, and so about everybody there. Told after commit. */
export class CompanyCorrected implements News {
  static readonly named = 'company.corrected';
  readonly named = CompanyCorrected.named;

  constructor(
    readonly companyId: string,
    readonly clientId: string,
  ) {}
}
