import { describe, expect, it } from 'vitest';
import { departmentText, industryText, seniorityText } from '../../src/web/source-words.js';

describe('words of sources, as a French reader says them', () => {
  it.each([
    ['Logistics & Supply Chain', 'Logistique et chaîne d’approvisionnement'],
    ['logistics and supply chain', 'Logistique et chaîne d’approvisionnement'],
    ['LOGISTICS_AND_SUPPLY_CHAIN', 'Logistique et chaîne d’approvisionnement'],
    ['Glass, Ceramics & Concrete', 'Verre, céramique et béton'],
    ['Airlines/Aviation', 'Transport aérien'],
    [' automotive ', 'Automobile'],
  ])('an industry, however its source spells it: %s', (label, french) => {
    expect(industryText('fr', label)).toBe(french);
  });

  it('each of several departments, with what stood between them', () => {
    expect(departmentText('fr', 'C-Suite, Finance; Human Resources')).toBe(
      'Direction générale, Finance; Ressources humaines',
    );
  });

  it('a rank', () => {
    expect(['C suite', 'c_level', 'Entry', 'VP'].map((rank) => seniorityText('fr', rank))).toEqual([
      'Direction générale (C-level)',
      'Direction générale (C-level)',
      'Débutant',
      'Vice-président',
    ]);
  });

  it.each(['Édition de logiciels', 'Bionique', 'constructor', '__proto__', '', '   '])(
    'what is French already, or nobody knows, stays: %j',
    (label) => {
      for (const say of [industryText, departmentText, seniorityText]) expect(say('fr', label)).toBe(label);
    },
  );

  it('an English reader reads the source', () => {
    expect(industryText('en', 'Automotive')).toBe('Automotive');
    expect(departmentText('en', 'C-Suite, Finance')).toBe('C-Suite, Finance');
    expect(seniorityText('en', 'Entry')).toBe('Entry');
  });
});
