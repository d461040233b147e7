import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockIndex } from '../../src/prospects/merge/block-index.js';
import { blockingKeys, hasWorkplace, wholeName } from '../../src/prospects/merge/blocking-keys.js';
import { mailboxOf } from '../../src/prospects/merge/mailbox-likeness.js';
import { nameLikeness, nameWords } from '../../src/prospects/merge/name-likeness.js';
import {
  type ComparedPerson,
  similarity,
  SUGGESTED,
  SURE,
} from '../../src/prospects/merge/similar-people.js';

const blank: ComparedPerson = {
  ...{ firstName: null, lastName: null, email: null, phone: null, mobilePhone: null, linkedinUrl: null },
  ...{ companyName: null, companyDomain: null },
};
const person = (has: Partial<ComparedPerson>): ComparedPerson => ({ ...blank, ...has });
const at = (companyName: string, firstName: string, lastName: string, has: Partial<ComparedPerson> = {}) =>
  person({ companyName, firstName, lastName, ...has });

describe('names of people who may be one', () => {
  it.each([
    ['Jean', 'Dupont', 'JEAN', 'Dupont', 'same'],
    ['Jean Pierre', 'Martin', 'Jean', 'Pierre Martin', 'same'],
    ['François', 'Lefèvre', 'Francois', 'Lefevre', 'same'],
    ['Dupont', 'Jean', 'Jean', 'Dupont', 'swapped'],
    ['Bill', 'Durand', 'William', 'Durand', 'nickname'],
    ['Fred', 'Durand', 'Frédéric', 'Durand', 'nickname'],
    ['JP', 'Durand', 'Jean-Pierre', 'Durand', 'nickname'],
    ['Jean', 'Durand', 'Jean-Pierre', 'Durand', 'part'],
    ['Anne', 'Dupont', 'Anne', 'Dupont-Martin', 'part'],
    ['J', 'Durand', 'Jean', 'Durand', 'initial'],
    ['Jean', 'Dupond', 'Jean', 'Dupont', 'typo'],
    ['Michel', 'Durand', 'Michèle', 'Durand', 'different'],
    ['Pascal', 'Durand', 'Pascale', 'Durand', 'different'],
    ['Paul', 'Durand', 'Jean', 'Durand', 'different'],
  ])('%s %s and %s %s: %s', (first, last, otherFirst, otherLast, expected) => {
    const [one, other] = [nameWords(first, last), nameWords(otherFirst, otherLast)];
    expect(nameLikeness(one, other)).toBe(expected);
    expect(nameLikeness(other, one)).toBe(expected);
  });
});

describe('two prospects of one client', () => {
  it('of one name at one company, written with and without its legal form, are very likely one person', () => {
    const { score, evidence } = similarity(
      at('Roux SARL', 'Claire', 'Vasseur'),
      at('ROUX S.A.R.L.', 'CLAIRE', 'Vasseur'),
    );
    expect(score).toBeGreaterThanOrEqual(SURE);
    expect(evidence).toEqual(['name.same', 'work.company']);
  });

  it('of one name at acme.fr and acme.com are suggested', () => {
    const one = person({ firstName: 'Claire', lastName: 'Vasseur', email: 'cv@acme.fr' });
    expect(similarity(one, { ...one, email: 'c.vasseur@acme.com' }).score).toBeGreaterThanOrEqual(SUGGESTED);
  });

  it('of one name at two companies are nobody’s business', () => {
    const one = at('Roux', 'Jean', 'Martin', { companyDomain: 'roux.fr' });
    expect(
      similarity(one, at('Nordia', 'Jean', 'Martin', { companyDomain: 'nordia.fr' })).score,
    ).toBeLessThan(SUGGESTED);
  });

  it('of one name and one mobile at two companies may have changed jobs, but that is never sure', () => {
    const mobilePhone = '+33612345678';
    const { score } = similarity(
      at('Roux', 'Jean', 'Martin', { mobilePhone }),
      at('Nordia', 'Jean', 'Martin', { mobilePhone, email: 'jean.martin@gmail.com' }),
    );
    expect(score).toBeGreaterThanOrEqual(SUGGESTED);
    expect(score).toBeLessThan(SURE);
  });

  it('who share a switchboard and nothing of their names are two people', () => {
    const phone = '+33142000000';
    expect(
      similarity(at('Roux', 'Claire', 'Vasseur', { phone }), at('Roux', 'Paul', 'Morel', { phone })).score,
    ).toBe(0);
  });

  it('whose company bears one name in two families of domains are not sure', () => {
    const one = at('Roux', 'Jean', 'Martin', { companyDomain: 'roux.fr' });
    const other = at('Roux', 'Jean', 'Martin', { companyDomain: 'garage-roux.be' });
    expect(similarity(one, other).score).toBeLessThan(SURE);
  });

  it('with two public profiles are homonyms, even at one company', () => {
    const one = at('Roux', 'Jean', 'Martin', { linkedinUrl: 'https://www.linkedin.com/in/jean-martin' });
    const other = { ...one, linkedinUrl: 'https://www.linkedin.com/in/jmartin' };
    expect(similarity(one, other).score).toBeLessThan(SUGGESTED);
  });

  it('told apart by a number in their addresses are homonyms', () => {
    const one = at('Roux', 'Jean', 'Martin', { email: 'jean.martin@roux.fr' });
    expect(similarity(one, { ...one, email: 'jean.martin2@roux.fr' }).score).toBeLessThan(SUGGESTED);
  });

  it.each([
    ['jean.dupont@acme.fr', 'jdupont@acme.fr'],
    ['jean.dupont@acme.fr', 'dupont.j@acme.fr'],
    ['jean-dupont@acme.fr', 'jean_dupont@acme.fr'],
  ])('at one domain under %s and %s are very likely one person', (email, otherEmail) => {
    const one = person({ firstName: 'Jean', lastName: 'Dupont', email });
    const { score, evidence } = similarity(one, { ...one, email: otherEmail });
    expect(evidence).toContain('mailbox.variant');
    expect(score).toBeGreaterThanOrEqual(SURE);
  });

  it('one of whom is known by an address alone are suggested when it spells the other’s name', () => {
    const named = person({ firstName: 'Jean', lastName: 'Dupont', email: 'jean.dupont@acme.fr' });
    const { score } = similarity(named, person({ email: 'jdupont@acme.fr' }));
    expect(score).toBeGreaterThanOrEqual(SUGGESTED);
    expect(score).toBeLessThan(SURE);
  });

  it('share a mailbox at Gmail whatever its dots and tags', () => {
    expect(mailboxOf('jean.dupont+salon@gmail.com')).toBe(mailboxOf('jeandupont@googlemail.com'));
    expect(mailboxOf('jean.dupont@acme.fr')).not.toBe(mailboxOf('jeandupont@acme.fr'));
  });
});

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const people = fc.record<ComparedPerson>({
  firstName: some(
    'Jean',
    'Jean-Pierre',
    'JP',
    'J',
    'Claire',
    'William',
    'Bill',
    'Michel',
    'Michèle',
    'Frédéric',
    'Fred',
    null,
  ),
  lastName: some('Dupont', 'Dupond', 'DUPONT', 'Dupont-Martin', 'Martin', 'Vasseur', 'Jean', 'Lefèvre', null),
  email: some(
    ...[
      'jean.dupont@acme.fr',
      'jdupont@acme.fr',
      'jdupont@acme.com',
      'dupont.jean@acme.fr',
      'jean.dupont2@acme.fr',
    ],
    ...['jean.dupont@gmail.com', 'jeandupont@gmail.com', 'claire@roux.fr', null],
  ),
  phone: some('+33142000000', '+33612345678', null),
  mobilePhone: some('+33612345678', '+33698765432', null),
  linkedinUrl: some('https://www.linkedin.com/in/a', 'https://www.linkedin.com/in/b', null),
  companyName: some('Acme', 'ACME SAS', 'Groupe Acme', 'Métallerie Roux', 'Roux', 'Roux Métallerie', null),
  companyDomain: some('acme.fr', 'acme.com', 'roux.fr', 'garage-roux.be', null),
});

describe('the laws of similarity', () => {
  it('is the same whichever comes first', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        expect(similarity(one, other)).toEqual(similarity(other, one));
      }),
    );
  });

  it('is a whole number from 0 to 99, and has reasons when it is above 0', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        const { score, evidence } = similarity(one, other);
        expect(Number.isInteger(score) && score >= 0 && score <= 99).toBe(true);
        if (score > 0) expect(evidence.length).toBeGreaterThan(0);
      }),
    );
  });

  it('does not look at case, accents or legal forms', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        const loud = (text: string | null) => text && text.toUpperCase();
        const louder = {
          ...one,
          firstName: loud(one.firstName),
          lastName: loud(one.lastName),
          companyName: one.companyName && `${one.companyName.toUpperCase()} SARL`,
        };
        expect(similarity(louder, other)).toEqual(similarity(one, other));
      }),
    );
  });

  it('is never sure of two people at two employers', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        const { score, evidence } = similarity(one, other);
        if (evidence.includes('work.different')) expect(score).toBeLessThan(SURE);
      }),
    );
  });

  it('holds for everybody it suggests: they share a blocking key, or a name while one has no employer', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        if (similarity(one, other).score < SUGGESTED) return;
        const keys = new Set(blockingKeys(one));
        const isFiled = blockingKeys(other).some((key) => keys.has(key));
        const isNamed = wholeName(one) !== null && wholeName(one) === wholeName(other);
        expect(isFiled || (isNamed && !(hasWorkplace(one) && hasWorkplace(other)))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the index of blocks', () => {
  it('finds exactly the pairs that share a key, each once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(some('a', 'b', 'c', 'd', 'e'), { maxLength: 3 }), { maxLength: 30 }),
        (keys) => {
          const index = new BlockIndex();
          keys.forEach((own, place) => index.add(place, own));
          const found = [...index.pairs()].flat().map((pair) => pair.join());
          const expected = keys.flatMap((own, one) =>
            keys.flatMap((others, other) =>
              one < other && own.some((key) => others.includes(key)) ? [`${one},${other}`] : [],
            ),
          );
          expect(found.sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  it('tells a crowd of pairs in portions, so that nobody waits for all of them, and each pair once', () => {
    const index = new BlockIndex();
    // 20,000 people, 40 to a desk and 40 to a line of the same ones: 500 blocks of 780 pairs, each met twice.
    for (let place = 0; place < 20_000; place += 1)
      index.add(place, [`desk ${place % 500}`, `line ${place % 500}`]);
    const portions = [...index.pairs()];
    expect(Math.max(...portions.map(({ length }) => length))).toBeLessThan(3000 + 780);
    expect(portions.flat()).toHaveLength(500 * 780);
    expect(new Set(portions.flat().map((pair) => pair.join())).size).toBe(500 * 780);
  });

  it('takes no block that half the list is in', () => {
    const index = new BlockIndex();
    for (let place = 0; place < 200; place += 1) index.add(place, ['switchboard']);
    expect([...index.pairs()].flat()).toEqual([]);
  });
});
