import { describe, expect, it } from 'vitest';
import { readGuards, stopOf, testBase } from '../../src/outreach/mailboxes/rate-guards.js';

const counts = (has: Partial<Parameters<typeof readGuards>[0]>) => ({
  attempted: 200,
  delivered: 200,
  hard_bounce: 0,
  complaint: 0,
  unsubscribe: 0,
  ...has,
});
const levels = (has: Parameters<typeof counts>[0], base?: typeof testBase) =>
  Object.fromEntries(readGuards(counts(has), base).map(({ metric, level }) => [metric, level]));

describe('the rates that stop a sequence or a mailbox', () => {
  it('hard bounces warn at 2 % and stop at 5 % of the mails tried', () => {
    expect(levels({ hard_bounce: 3 })['hard_bounce']).toBe('ok');
    expect(levels({ hard_bounce: 4 })['hard_bounce']).toBe('warn');
    expect(levels({ hard_bounce: 9 })['hard_bounce']).toBe('warn');
    expect(levels({ hard_bounce: 10 })['hard_bounce']).toBe('stop');
  });

  it('complaints warn at 0.1 % and stop at 0.3 %, opt-outs warn at 1 % and stop at 2 % of those delivered', () => {
    // One complaint in 200 is 0.5 %; one in 1,000 is 0.1 %; two in 1,000 are 0.2 %.
    expect(levels({ complaint: 1 })['complaint']).toBe('stop');
    expect(levels({ delivered: 1000, complaint: 1 })['complaint']).toBe('warn');
    expect(levels({ delivered: 1001, complaint: 1 })['complaint']).toBe('ok');
    expect(levels({ unsubscribe: 2 })['unsubscribe']).toBe('warn');
    expect(levels({ unsubscribe: 4 })['unsubscribe']).toBe('stop');
  });

  it('says nothing below 200 mails: nine bounces of a hundred are a bad list, or bad luck', () => {
    expect(levels({ attempted: 199, delivered: 150, hard_bounce: 49 })['hard_bounce']).toBe('too_few');
    expect(levels({ attempted: 300, delivered: 150, hard_bounce: 150 })['hard_bounce']).toBe('stop');
  });

  it('a test segment is judged from 50 on, and from three events', () => {
    expect(levels({ attempted: 50, delivered: 50, unsubscribe: 2 }, testBase)['unsubscribe']).toBe('too_few');
    expect(levels({ attempted: 50, delivered: 50, unsubscribe: 3 }, testBase)['unsubscribe']).toBe('stop');
    expect(levels({ attempted: 49, delivered: 49, unsubscribe: 3 }, testBase)['unsubscribe']).toBe('too_few');
  });

  it('gives the figures it stopped for', () => {
    expect(stopOf(readGuards(counts({ attempted: 240, hard_bounce: 12 })))).toMatchObject({
      metric: 'hard_bounce',
      events: 12,
      of: 240,
      rate: 0.05,
    });
    expect(stopOf(readGuards(counts({})))).toBeNull();
    expect(readGuards(counts({ attempted: 0, delivered: 0 }))[0]).toMatchObject({
      rate: null,
      level: 'too_few',
    });
  });
});
