import { describe, expect, it } from 'vitest';
import { planMigration } from '../../src/sequences/enrolments/migration-plan.js';
import type { Step } from '../../src/sequences/sequence.entity.js';
import { diffText, diffVersions } from '../../src/sequences/writing/version-diff.js';

const step = (id: string, body = id, day = 0): Step => ({
  id,
  day,
  channel: 'email',
  variants: [{ subject: 's', body }],
});
const OLD = [step('a'), step('b'), step('c')];
const over = (done: number) => ({ done, isOver: true });

describe('going over to a newer version', () => {
  it('somebody who did the first step gets the new second one', () => {
    expect(planMigration(OLD, [step('a'), step('b', 'new'), step('c')], over(1))).toEqual({
      moves: true,
      next: 2,
    });
  });

  it('a step that is still tried again is tried with the new words', () => {
    const plan = planMigration(OLD, [step('a', 'new'), step('b'), step('c')], { done: 1, isOver: false });
    expect(plan).toEqual({ moves: true, next: 1 });
  });

  it('words that may not be sent let even the same ones take over: there is no staying with them', () => {
    expect(planMigration(OLD, OLD, { done: 0, isOver: false })).toMatchObject({ reason: 'no_change' });
    expect(planMigration(OLD, OLD, { done: 0, isOver: false, isHeld: true })).toEqual({
      moves: true,
      next: 1,
    });
  });

  it('somebody who passed a step that stands elsewhere, or is gone, keeps theirs', () => {
    expect(planMigration(OLD, [step('x'), step('a'), step('b')], over(1))).toEqual({
      moves: false,
      reason: 'passed',
      step: 1,
    });
    expect(planMigration(OLD, [step('a'), step('c')], over(2))).toEqual({
      moves: false,
      reason: 'passed',
      step: 2,
    });
  });

  it('somebody for whom nothing would change keeps theirs', () => {
    expect(planMigration(OLD, [step('a', 'new'), step('b'), step('c')], over(1))).toMatchObject({
      reason: 'no_change',
    });
  });

  it('nobody is ended by a shorter version', () => {
    expect(planMigration(OLD, [step('a'), step('b')], over(2))).toMatchObject({ reason: 'nothing_left' });
  });

  it('who has done nothing goes over whatever changed', () => {
    expect(planMigration(OLD, [step('z')], over(0))).toEqual({ moves: true, next: 1 });
  });
});

describe('what differs between two versions', () => {
  it('tells steps added, removed, changed and unchanged, by their ids', () => {
    const diff = diffVersions(OLD, [step('a'), step('n'), step('c', 'new words', 3)]);
    expect(diff.map(({ stepId, kind }) => [stepId, kind])).toEqual([
      ['a', 'same'],
      ['b', 'removed'],
      ['n', 'added'],
      ['c', 'changed'],
    ]);
  });

  it('shows the words that came and went inside a changed line', () => {
    expect(diffText('Bonjour {{firstName}}, une offre.\n', 'Bonjour {{firstName}}, une question.\n')).toEqual(
      [
        { kind: 'same', text: 'Bonjour {{firstName}}, une ' },
        { kind: 'removed', text: 'offre' },
        { kind: 'added', text: 'question' },
        { kind: 'same', text: '.\n' },
      ],
    );
  });
});
