import type { IcpCriteria } from './criteria.js';
import { judge, type Judgement, type Verdict } from './fit-score.js';
import type { ProspectFacts } from './prospect-facts.js';

/** A version of an ICP, ready to judge by. */
export interface IcpInForce {
  icpId: string;
  versionId: string;
  version: number;
  name: string;
  criteria: IcpCriteria;
}

/** A judgement and the version that gave it: what a prospect stores. */
export interface FitOfProspect extends Judgement {
  icpId: string;
  versionId: string;
}

const BEST_FIRST: readonly Verdict[] = ['fit', 'unknown', 'unfit'];

/**
 * A client may look for several kinds of people: a prospect is judged against each ICP and keeps the kindest verdict, then the
 * highest score, then the first ICP. null when the client has no ICP.
 */
export function bestFit(icps: readonly IcpInForce[], facts: ProspectFacts): FitOfProspect | null {
  const judged = icps.map(({ icpId, versionId, criteria }) => ({
    icpId,
    versionId,
    ...judge(criteria, facts),
  }));
  return judged.reduce<FitOfProspect | null>(
    (best, one) => (best === null || isBetter(one, best) ? one : best),
    null,
  );
}

function isBetter(one: Judgement, best: Judgement): boolean {
  const gain = BEST_FIRST.indexOf(best.verdict) - BEST_FIRST.indexOf(one.verdict);
  return gain > 0 || (gain === 0 && one.score > best.score);
}
