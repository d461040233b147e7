import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOB_FUNCTIONS, SENIORITIES } from '../../src/icp/job-lexicon.js';
import { readFunction, readJobTitle, readSeniority } from '../../src/icp/job-title.js';

/** title → functions, ranks (highest first), as a recruiter would say them. */
const TITLES: readonly [title: string, functions: string, seniorities: string][] = [
  ['Directrice des ventes', 'sales', 'director'],
  ['Directeur commercial', 'sales', 'director'],
  ['Directeur·rice commercial·e', 'sales', 'director'],
  ['Dir. commercial', 'sales', 'director'],
  ['Sales Director', 'sales', 'director'],
  ['Head of Sales EMEA', 'sales', 'head'],
  ['VP Sales', 'sales', 'vp'],
  ['Vice-présidente Sales', 'sales', 'vp'],
  ['Chef des ventes', 'sales', 'manager'],
  ['Chargé(e) d’affaires', 'sales', 'staff'],
  ['Account Manager', 'sales', 'staff'],
  ['Chief Revenue Officer', 'sales', 'c_level'],
  ['CEO', 'general_management', 'c_level'],
  ['PDG', 'general_management', 'c_level'],
  ['Président', 'general_management', 'c_level'],
  ['Directeur général adjoint', 'general_management', 'c_level'],
  ['Fondateur & CEO', 'general_management', 'owner c_level'],
  ['Gérante', 'general_management', 'owner'],
  ['Chief of Staff', 'general_management', 'staff'],
  ['DRH', 'hr', 'director'],
  ['HR Business Partner', 'hr', 'staff'],
  ['Chief Human Resources Officer', 'hr', 'c_level'],
  ['Responsable administrative et financière', 'finance', 'manager'],
  ['DAF', 'finance', 'director'],
  ['Contrôleuse de gestion', 'finance', 'staff'],
  ['DSI', 'it', 'director'],
  ["Directeur des systèmes d'information", 'it', 'director'],
  ['Chief Information Security Officer', 'it', 'c_level'],
  ['Product Owner', 'product', 'staff'],
  ['Senior Data Engineer', 'data', 'senior'],
  ['Responsable marketing digital', 'marketing', 'manager'],
  ['Chef de projet marketing', 'marketing', 'staff'],
  ['Assistante de direction', 'administration', 'staff'],
  ['Assistante du directeur commercial', 'sales', 'staff'],
  ['Stagiaire assistant chef de produit', 'product', 'intern'],
  ['Responsable développement durable', '', 'manager'],
  ['Consultant', '', 'staff'],
  ['Boulanger', '', ''],
];

describe('reading a job title', () => {
  it.each(TITLES)('%s → %s, %s', (title, functions, seniorities) => {
    const reading = readJobTitle(title);
    expect([reading.functions.join(' '), reading.seniorities.join(' ')]).toEqual([functions, seniorities]);
  });

  it('does not care about case, accents or gender', () => {
    expect(readJobTitle('DIRECTRICE FINANCIERE')).toEqual(readJobTitle('directeur financier'));
  });

  it('reads the words in which sources state a rank or a function', () => {
    expect(
      ['C suite', 'VP', 'Director', 'Head', 'Manager', 'Entry', 'Intern', 'Founder'].map(readSeniority),
    ).toEqual(['c_level', 'vp', 'director', 'head', 'manager', 'junior', 'intern', 'owner']);
    expect(
      ['Human Resources', 'Information Technology', 'Ventes', 'Achats', 'general_management'].map(
        readFunction,
      ),
    ).toEqual(['hr', 'it', 'sales', 'purchasing', 'general_management']);
  });

  it('takes the words of filters that say too little in a title', () => {
    expect([readFunction('Direction'), readSeniority('Executive'), readFunction('constructor')]).toEqual([
      'general_management',
      'c_level',
      null,
    ]);
  });

  it('reads every name of its own lists as itself', () => {
    expect(JOB_FUNCTIONS.map(readFunction)).toEqual([...JOB_FUNCTIONS]);
    expect(SENIORITIES.map(readSeniority)).toEqual([...SENIORITIES]);
  });

  it('takes any text without failing, and says the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        expect(readJobTitle(title)).toEqual(readJobTitle(title));
      }),
    );
  });
});
