import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMailToken, mailToken, plusAddress } from '../../src/outreach/outgoing/mail-token.js';
import { placeInThread } from '../../src/outreach/outgoing/mail-thread.js';

describe('the place of a mail in its thread', () => {
  it('the first goes under its own subject and follows nothing', () => {
    expect(placeInThread([], 'Vos plannings')).toEqual({
      subject: 'Vos plannings',
      inReplyTo: null,
      references: [],
    });
  });

  it('each later one follows the one before, names the whole thread, and keeps the first subject', () => {
    const sent = [
      { messageId: '<1@e.fr>', subject: 'Vos plannings' },
      { messageId: '<2@relay>', subject: 'Re: Vos plannings' },
    ];
    expect(placeInThread(sent, 'Autre chose')).toEqual({
      subject: 'Re: Vos plannings',
      inReplyTo: '<2@relay>',
      references: ['<1@e.fr>', '<2@relay>'],
    });
  });

  it('does not say Re: twice', () => {
    expect(placeInThread([{ messageId: '<1@e.fr>', subject: 'RE: Vos plannings' }], 'x').subject).toBe(
      'RE: Vos plannings',
    );
  });
});

describe('the token of a mail', () => {
  const key = 'k'.repeat(64);

  it('is 26 small letters and digits, the same for the same mail, another for another mail or another key', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        const token = mailToken(key, one);
        expect(isMailToken(token)).toBe(true);
        expect(mailToken(key, one)).toBe(token);
        expect(mailToken('l'.repeat(64), one)).not.toBe(token);
        if (one !== other) expect(mailToken(key, other)).not.toBe(token);
      }),
    );
  });

  it('tells nothing of the mail, and no other word is one', () => {
    expect(mailToken(key, '0190a000-0000-7000-8000-000000000000')).not.toContain('0190');
    for (const word of [
      '',
      'abc',
      'A'.repeat(26),
      `${'a'.repeat(25)}1`,
      `${'a'.repeat(26)}b`,
      '../'.repeat(9),
    ])
      expect(isMailToken(word)).toBe(false);
  });

  it('goes behind a plus before the @', () => {
    expect(plusAddress('lea@epure.example', 'abc')).toBe('lea+abc@epure.example');
  });
});
