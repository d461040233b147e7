import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf, legalMoves, type LegalMovesSpec } from '../../src/shared/legal-moves.js';

const letter: LegalMovesSpec<'draft' | 'sent' | 'filed'> = {
  of: 'a letter',
  starts: ['draft'],
  finals: ['filed'],
  moves: { draft: ['sent', 'filed'], sent: ['filed'], filed: [] },
};

describe('a sound table of legal moves', () => {
  const moves = legalMoves(letter);

  it('answers which moves are legal, in the order they were written', () => {
    expect(moves.from('draft')).toEqual(['sent', 'filed']);
    expect(moves.allows('draft', 'sent')).toBe(true);
  });

  it('refuses the way back and staying in place', () => {
    expect(moves.allows('sent', 'draft')).toBe(false);
    expect(moves.allows('draft', 'draft')).toBe(false);
  });

  it('allows nothing from or to a state it never heard of', () => {
    expect(moves.allows('burnt' as 'draft', 'sent')).toBe(false);
    expect(moves.allows('draft', 'toString' as 'sent')).toBe(false);
  });

  it('knows its final states', () => {
    expect(moves.isFinal('filed')).toBe(true);
    expect(moves.isFinal('draft')).toBe(false);
  });
});

describe('a broken table stops the program at boot', () => {
  it('when a state that is not final leads nowhere', () => {
    expect(faultsOf({ ...letter, finals: [] })).toEqual(['"filed" is a dead end']);
  });

  it('when a final state has a way out', () => {
    expect(faultsOf({ ...letter, moves: { ...letter.moves, filed: ['draft'] } })).toEqual([
      '"filed" is final and yet has a way out',
    ]);
  });

  it('when nothing leads to a state', () => {
    expect(faultsOf({ ...letter, moves: { ...letter.moves, draft: ['filed'] } })).toEqual([
      'nothing leads to "sent"',
    ]);
  });

  it('when a move is written twice, to itself or to an unknown state', () => {
    const sent = ['filed', 'filed', 'sent', 'lost'] as never;
    expect(faultsOf({ ...letter, moves: { ...letter.moves, sent } })).toEqual([
      '"sent" leads to itself',
      '"sent" lists a move twice',
      '"sent" leads to the unknown "lost"',
    ]);
  });

  it('and the message names the table and every fault', () => {
    expect(() => legalMoves({ ...letter, finals: [], starts: ['sent'] })).toThrow(
      'Legal moves of a letter: nothing leads to "draft"; "filed" is a dead end',
    );
  });
});

it('law: a table is called broken exactly when trying every path of it leaves some state unvisited', () => {
  const targetsOf = (state: string) => fc.subarray(['a', 'b', 'c', 'd'].filter((other) => other !== state));
  const anyMoves = fc.record({
    a: targetsOf('a'),
    b: targetsOf('b'),
    c: targetsOf('c'),
    d: targetsOf('d'),
  });
  fc.assert(
    fc.property(anyMoves, (moves) => {
      const states = ['a', 'b', 'c', 'd'] as const;
      const finals = states.filter((state) => moves[state].length === 0);
      const walk = (path: string[]): string[] => [
        ...path,
        ...moves[path.at(-1) as 'a']
          .filter((next) => !path.includes(next))
          .flatMap((next) => walk([...path, next])),
      ];
      const visited = new Set(walk(['a']));
      const isBroken = faultsOf({ of: 'a law', starts: ['a'], finals, moves }).length > 0;
      expect(isBroken).toBe(states.some((state) => !visited.has(state)));
    }),
  );
});
