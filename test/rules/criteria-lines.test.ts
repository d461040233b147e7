import { describe, expect, it } from 'vitest';
import { criteriaFromLines } from '../../src/clients/criteria-lines.js';
import { criteriaProblems } from '../../src/icp/criteria-check.js';

const BEFORE = [
  { key: 'budget', label: 'Un budget est identifié' },
  { key: 'need', label: 'Le besoin est exprimé' },
];

describe('qualification criteria typed one a line', () => {
  const keysOf = (text: string): (string | undefined)[] =>
    criteriaFromLines(text, BEFORE).map(({ key }) => key);

  it('a line that stays keeps its key, wherever it moved to', () => {
    expect(keysOf('Le besoin est exprimé\r\nUn budget est identifié\r\n')).toEqual(['need', 'budget']);
  });

  it('a line reworded in its place keeps its key', () => {
    expect(keysOf('Un budget est voté\nLe besoin est exprimé')).toEqual(['budget', 'need']);
  });

  it('a line added is new, a line removed takes its key with it', () => {
    expect(keysOf('Un budget est identifié\nLe besoin est exprimé\nUn décideur est présent')).toEqual([
      'budget',
      'need',
      undefined,
    ]);
    expect(keysOf('Le besoin est exprimé')).toEqual(['need']);
  });

  it('no key is given twice when a line moves onto the place of another', () => {
    expect(keysOf('Le besoin est exprimé\nUn décideur est présent')).toEqual(['need', undefined]);
  });
});

describe('criteria of an ICP as they are typed', () => {
  it('names the list and the value that is no NAF code', () => {
    expect(criteriaProblems({ nafCodes: ['62', 'soft'], exclusions: { nafCodes: ['62.01Z'] } })).toEqual({
      nafCodes: { code: 'notNaf', params: { value: 'soft' } },
    });
  });

  it('a headcount is whole, not negative, and its ends are in order', () => {
    expect(Object.keys(criteriaProblems({ headcount: { min: 1.5, max: -1 } }))).toEqual([
      'headcount.min',
      'headcount.max',
    ]);
    expect(criteriaProblems({ headcount: { min: 10, max: 5 } })).toEqual({ 'headcount.max': 'minAboveMax' });
    expect(criteriaProblems({ headcount: { min: 10 } })).toEqual({});
  });

  it('a list has its limits', () => {
    const many = Array.from({ length: 501 }, (_, index) => String(index));
    expect(criteriaProblems({ industries: many, regions: ['x'.repeat(201)] })).toEqual({
      industries: { code: 'arrayMaxSize', params: { limit: 500 } },
      regions: { code: 'maxLength', params: { limit: 200 } },
    });
  });
});
