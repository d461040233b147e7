import { describe, expect, it } from 'vitest';
import { displayName } from '../../src/shared/display-name.js';
import { mergeValuesOf } from '../../src/sequences/writing/merge-values.js';

describe('the name of a code', () => {
  it('is of the reader’s language, each time it is asked', () => {
    for (let time = 0; time < 2; time += 1) {
      expect(displayName('region', 'DE', 'fr')).toBe('Allemagne');
      expect(displayName('region', 'DE', 'en')).toBe('Germany');
    }
    expect(displayName('language', 'fr', 'en')).toBe('French');
    expect(displayName('currency', 'CHF', 'fr')).toBe('franc suisse');
  });

  it('is the code itself where a language has none, or where it cannot be one', () => {
    expect(displayName('region', 'QQ', 'fr')).toBe('QQ');
    expect(displayName('region', 'not a code', 'fr')).toBe('not a code');
  });
});

describe('what a message says of a person', () => {
  const ADA = {
    ...{ firstName: 'Ada', lastName: 'Byron', fullName: 'Ada Byron', title: null, companyName: 'Engines' },
    ...{ companyDomain: null, city: 'London', country: 'GB', industry: null, custom: null },
  };
  const CONTEXT = { clientName: 'Nordia', locale: 'fr', notice: null, senderName: 'Léa' };

  it('has the country written out in the language of the message', () => {
    expect(mergeValuesOf(ADA, CONTEXT)).toEqual({
      ...ADA,
      ...{ country: 'Royaume-Uni', senderName: 'Léa', clientName: 'Nordia', notice: null, custom: {} },
    });
    expect(mergeValuesOf({ ...ADA, country: null }, CONTEXT).country).toBeNull();
  });
});
