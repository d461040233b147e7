import { describe, expect, it } from 'vitest';
import { headcountText, overlapOf, readHeadcount } from '../../src/icp/headcount.js';

describe('headcounts as sources write them', () => {
  it.each([
    ['11-50', 11, 50],
    ['51-200 employees', 51, 200],
    ['50 à 99 salariés', 50, 99],
    ['1 234', 1234, 1234],
    ['1,001-5,000', 1001, 5000],
    ['10,001+', 10001, null],
    ['plus de 500 salariés', 500, null],
    ['200+ employees', 200, null],
    ['moins de 10', 0, 10],
    [37, 37, 37],
  ])('%s is %s to %s', (text, min, max) => expect(readHeadcount(text)).toEqual({ min, max }));

  it('knows nothing from a text without a number', () => expect(readHeadcount('inconnu')).toBeNull());

  it('a band inside the range holds, one that straddles its edge does not tell', () => {
    const wanted = { min: 50, max: 200 };
    expect([
      overlapOf({ min: 51, max: 200 }, wanted),
      overlapOf({ min: 11, max: 50 }, wanted),
      overlapOf({ min: 11, max: 49 }, wanted),
      overlapOf({ min: 201, max: null }, wanted),
    ]).toEqual(['inside', 'partly', 'outside', 'outside']);
  });

  it('prints a range without words', () => {
    expect([{ min: 50, max: 200 }, { min: 50 }, { max: 200 }, { min: 7, max: 7 }].map(headcountText)).toEqual(
      ['50–200', '50+', '≤ 200', '7'],
    );
  });
});
