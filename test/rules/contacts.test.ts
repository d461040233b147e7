import { expect, it } from 'vitest';
import { type ContactFact, contactsFrom } from '../../src/meetings/contacts.js';

const fact = (fields: Partial<ContactFact>): ContactFact => ({
  id: 'fact',
  at: new Date('2026-03-02T09:00:00Z'),
  kind: 'touch',
  channel: 'email',
  result: 'sent',
  userId: 'lea',
  aboutId: 'touch',
  details: { sequenceId: 'summer', stepId: 'first' },
  ...fields,
});

it('a mail that left is a touch, with its SDR, sequence and step', () => {
  expect(contactsFrom([fact({})])).toEqual([
    {
      id: 'touch',
      at: new Date('2026-03-02T09:00:00Z'),
      channel: 'email',
      kind: 'touch',
      sdrId: 'lea',
      sequenceId: 'summer',
      stepId: 'first',
    },
  ]);
});

it('a call that was taken is an exchange, a reply an answer', () => {
  expect(contactsFrom([fact({ channel: 'call', result: 'conversation' })])[0]?.kind).toBe('exchange');
  expect(contactsFrom([fact({ kind: 'reply', result: 'interested' })])[0]?.kind).toBe('answer');
  expect(contactsFrom([fact({ channel: 'linkedin_invite', result: 'accepted' })])[0]?.kind).toBe('touch');
});

it('what reached nobody earned nothing: skipped, bounced, a wrong number, a task at the desk, a fact without channel', () => {
  const nothing = [
    fact({ result: 'skipped' }),
    fact({ result: 'bounced' }),
    fact({ channel: 'call', result: 'wrong_number' }),
    fact({ channel: 'task', result: 'done' }),
    fact({ channel: null }),
  ];
  expect(contactsFrom(nothing)).toEqual([]);
});

it('a touch logged by hand belongs to no sequence, and is known by its fact when it has no row of its own', () => {
  expect(contactsFrom([fact({ aboutId: null, details: null })])[0]).toMatchObject({
    id: 'fact',
    sequenceId: null,
    stepId: null,
  });
});
