import type { EngagementState } from './engagement-period.js';
import type { Criterion, PriceTerms, Targets } from './engagement-terms.js';
import type { EngagementVersion } from './engagement.entity.js';
import type { AgreedEngagement } from './engagements.queries.js';

/** Terms as agreed in one version. */
export interface TermsOutput {
  version: number;
  price: PriceTerms;
  targets: Targets;
  qualificationCriteria: Criterion[];
  acceptanceDays: number;
  agencyReferentId: string | null;
  clientReferentId: string | null;
  /** The first day billed under these terms. */
  appliesFromOn: string;
  /** When this version was written. */
  agreedAt: Date;
}

export interface EngagementOutput extends TermsOutput {
  id: string;
  clientId: string;
  startsOn: string;
  endsOn: string | null;
  state: EngagementState;
  createdAt: Date;
}

export function engagementOutput({ engagement, terms, state }: AgreedEngagement): EngagementOutput {
  const { id, clientId, startsOn, endsOn, createdAt } = engagement;
  return { id, clientId, startsOn, endsOn, state, createdAt, ...termsOutput(terms) };
}

export function termsOutput(terms: EngagementVersion): TermsOutput {
  const {
    version,
    appliesFromOn,
    price,
    targets,
    qualificationCriteria,
    acceptanceDays,
    agencyReferentId,
    clientReferentId,
  } = terms;
  return {
    version,
    appliesFromOn,
    price,
    targets,
    qualificationCriteria,
    acceptanceDays,
    agencyReferentId,
    clientReferentId,
    agreedAt: terms.createdAt,
  };
}
