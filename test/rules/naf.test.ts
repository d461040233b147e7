import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coversNaf, nafLabel, readNaf, searchNaf } from '../../src/icp/naf.js';

describe('NAF codes', () => {
  it.each([
    ['62.01Z', '62.01Z'],
    ['6201z', '62.01Z'],
    ['62.01 Z', '62.01Z'],
    ['APE 6201Z', '62.01Z'],
    ['62', '62'],
    ['620', '62.0'],
    ['Informatique', null],
    ['6Z', null],
    ['', null],
  ])('reads %s as %s', (typed, code) => expect(readNaf(typed)).toBe(code));

  it('keeps a code of the right form that INSEE has not published yet, without a label', () => {
    expect([readNaf('99.98Y'), nafLabel('99.98Y')]).toEqual(['99.98Y', null]);
  });

  it('a prefix covers what begins with it, and nothing beside it', () => {
    expect(['62', '62.0', '62.01', '62.01Z'].map((prefix) => coversNaf(prefix, '6201Z'))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([coversNaf('62.02', '62.01Z'), coversNaf('62.01Z', '62'), coversNaf('6', '62.01Z')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('every code covers itself', () => {
    const codes = searchNaf('.', 2000).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(600);
    fc.assert(fc.property(fc.constantFrom(...codes), (code) => coversNaf(code, code)));
  });

  it('is looked up by words without accents, or by code, each label once', () => {
    expect(searchNaf('programmation informatique')).toContainEqual({
      code: '62.01Z',
      label: 'Programmation informatique',
    });
    expect(searchNaf('6201').map(({ code }) => code)).toEqual(['62.01Z']);
    expect(searchNaf('  ')).toEqual([]);
  });
});
