import { describe, expect, it } from 'vitest';
import { bestFit, type IcpInForce } from '../../src/icp/best-fit.js';
import type { IcpCriteria } from '../../src/icp/criteria.js';

const icp = (name: string, criteria: IcpCriteria): IcpInForce => ({
  icpId: `icp-${name}`,
  versionId: `version-${name}`,
  version: 1,
  name,
  criteria,
});
const CAMILLE = { title: 'Directrice des ventes', country: 'FR', domain: 'edilog.fr' };

describe('a prospect judged against several ICPs', () => {
  it('keeps a fit over an unknown, and an unknown over an unfit', () => {
    const unfit = icp('unfit', { countries: ['US'] });
    const unknown = icp('unknown', { headcount: { min: 50 } });
    const fit = icp('fit', { functions: ['sales'] });
    const nameOf = (icps: IcpInForce[]): string | undefined => bestFit(icps, CAMILLE)?.icpId;
    expect([nameOf([unfit, unknown, fit]), nameOf([unfit, unknown]), nameOf([unfit])]).toEqual([
      'icp-fit',
      'icp-unknown',
      'icp-unfit',
    ]);
  });

  it('of two equal verdicts keeps the higher score, and of two equal scores the first ICP', () => {
    // Function held (20 of 20) and headcount unknown (7.5 of 15): 79; headcount alone unknown: 50.
    const half = icp('half', { headcount: { min: 50 } });
    const more = icp('more', { headcount: { min: 50 }, functions: ['sales'] });
    expect(bestFit([half, more], CAMILLE)).toMatchObject({ versionId: 'version-more', score: 79 });
    expect(bestFit([icp('a', {}), icp('b', {})], CAMILLE)?.versionId).toBe('version-a');
  });

  it('an exclusion of one ICP does not speak for another', () => {
    const excluding = icp('excluding', { functions: ['sales'], exclusions: { domains: ['edilog.fr'] } });
    expect(bestFit([excluding, icp('open', { functions: ['sales'] })], CAMILLE)?.icpId).toBe('icp-open');
    expect(bestFit([excluding], CAMILLE)).toMatchObject({ verdict: 'unfit', score: 0 });
  });

  it('without an ICP there is no verdict', () => expect(bestFit([], CAMILLE)).toBeNull());
});
