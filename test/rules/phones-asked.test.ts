import { describe, expect, it } from 'vitest';
import { isPhoneAsked, phonesAsked } from '../../src/prospects/search/phones-asked.js';

describe('a telephone number that is looked for', () => {
  const asked = (query: string, ...countries: string[]) => phonesAsked(query, countries).beginnings;

  it.each([
    '06 39 98 12 34',
    '06.39.98.12.34',
    '06-39-98-12-34',
    '0639981234',
    ' 0639981234 ',
    '06\u00a039\u202f98\u00a012\u00a034',
    '+33639981234',
    '+33 6 39 98 12 34',
    '+33 (0)6 39 98 12 34',
    '0033 6 39 98 12 34',
    '33639981234',
    '639981234',
  ])('is the same however it is written: %s', (written) => {
    expect(asked(written, 'FR')).toContain('+33639981234');
  });

  it('is read as it is dialled in each country there is, and from abroad wherever one is', () => {
    expect(asked('0475 12 34 56', 'FR')).not.toContain('+32475123456');
    expect(asked('0475 12 34 56', 'FR', 'BE')).toContain('+32475123456');
    expect(asked('+32 475 12 34 56', 'FR')).toEqual(['+32475123456']);
  });

  it('is known by how it begins, from the sixth digit on, when it begins as a number does', () => {
    expect(asked('06 39 98', 'FR')).toEqual(['+3363998']);
    expect(asked('+33 6 39 9', 'FR', 'BE')).toEqual(['+336399']);
    expect(asked('0033 6399', 'FR')).toEqual(['+336399']);
    expect(asked('04 75 12', 'FR', 'BE')).toEqual(['+3347512', '+3247512']);
    expect(asked('06 39 9', 'FR')).toEqual([]);
    expect(asked('63 99 81', 'FR')).toEqual([]);
    expect(asked('2026 2027', 'FR')).toEqual([]);
  });

  it('is surely no word when it is whole and written in signs no word has', () => {
    for (const sure of ['06 39 98 12 34', '+33639981234'])
      expect(phonesAsked(sure, ['FR']).isSure).toBe(true);
    for (const open of ['0639981234', '06 39 98', '123456'])
      expect(phonesAsked(open, ['FR']).isSure).toBe(false);
  });

  it('has no letters: the rest is words', () => {
    for (const words of ['', 'roux', '12 345', '+1', '06 39 98 12 34 roux', 'a0639981234', '()- .', '2026'])
      expect([words, isPhoneAsked(words), asked(words, 'FR')]).toEqual([words, false, []]);
    expect(isPhoneAsked('123 456')).toBe(true);
  });
});
