import { describe, expect, it } from 'vitest';
import { type Waiting, whyWaiting } from '../../src/sequences/engine/why-waiting.js';

const now = new Date('2027-01-12T09:00:00Z');
const later = new Date('2027-01-14T09:00:00Z');
const before = new Date('2027-01-12T08:00:00Z');
const open = { state: 'active' as const, pausedReason: null, limit: null, nextAt: null };
const due: Waiting = {
  state: 'active',
  reason: null,
  pausedUntil: null,
  waitReason: null,
  channel: 'email',
  dueAt: before,
  isClientOff: false,
  isRunning: true,
  isBehindTest: false,
  isGuardStop: false,
  fullAt: null,
  mail: null,
  mailboxes: [open],
  now,
};
const why = (has: Partial<Waiting>) => whyWaiting({ ...due, ...has });

describe('why is this not going out?', () => {
  it('a mail that may have left comes before everything: a person must look', () => {
    expect(why({ mail: 'uncertain', isClientOff: true }).key).toBe('uncertain');
    expect(why({ mail: 'sending', dueAt: null }).key).toBe('underWay');
  });

  it('then what stops the whole client, or the whole sequence', () => {
    expect(why({ isClientOff: true, isRunning: false }).key).toBe('clientOff');
    expect(why({ isRunning: false }).key).toBe('notRunning');
    expect(why({ isRunning: false, isGuardStop: true }).key).toBe('guardStop');
    expect(why({ isRunning: false, isBehindTest: true }).key).toBe('behindTest');
  });

  it('words that may not be sent come before the sequence: no launch lets them go', () => {
    const held = { state: 'paused' as const, isRunning: false };
    expect(why({ ...held, reason: 'no_go' }).key).toBe('heldByNoGo');
    expect(why({ ...held, reason: 'not_approved', isRunning: true }).key).toBe('heldUnapproved');
    expect(why({ ...held, reason: 'En congé' }).key).toBe('notRunning');
  });

  it('the limit of the sequence comes before those of its mailboxes, and says how much it is', () => {
    const full = { ...open, limit: 'day' as const };
    expect(why({ fullAt: 30, mailboxes: [full] })).toEqual({ key: 'sequenceFull', at: null, n: 30 });
    expect(why({ fullAt: 30, dueAt: later }).key).toBe('later');
    expect(why({ mailboxes: [full] }).key).toBe('dayFull');
  });

  it('then the pause of this person, and until when', () => {
    expect(why({ state: 'paused', reason: 'out_of_office', pausedUntil: later })).toEqual({
      key: 'outOfOffice',
      at: later,
    });
    expect(why({ state: 'paused', reason: 'colleague_replied' }).key).toBe('colleagueReplied');
    expect(why({ state: 'paused', reason: 'Salon' }).key).toBe('paused');
    expect(why({ state: 'paused', pausedUntil: later })).toEqual({ key: 'pausedUntil', at: later });
  });

  it('then the mailboxes: none, stopped, full, or keeping their distance', () => {
    expect(why({ mailboxes: [] })).toEqual({ key: 'noMailbox', at: before });
    const guard = { ...open, state: 'paused' as const, pausedReason: 'guard' };
    expect(why({ mailboxes: [guard] }).key).toBe('mailbox.guard');
    expect(why({ mailboxes: [guard, open] }).key).toBe('next');
    expect(why({ mailboxes: [{ ...open, limit: 'day' }] }).key).toBe('dayFull');
    expect(why({ mailboxes: [{ ...open, limit: 'rolling' }] }).key).toBe('rollingFull');
    const [one, other] = [later, now].map((nextAt) => ({ ...open, limit: 'gap' as const, nextAt }));
    expect(why({ mailboxes: [one!, other!] })).toEqual({ key: 'gap', at: now });
  });

  it('then what the engine put it off for', () => {
    for (const [waitReason, key] of [
      ['courtesy', 'courtesy'],
      ['missing_field', 'missingField'],
      ['window', 'window'],
      ['domain_full', 'domainFull'],
      ['soft_bounce', 'softBounce'],
      ['not_approved', 'notApproved'],
    ])
      expect(why({ waitReason: waitReason!, dueAt: later })).toEqual({ key, at: later });
  });

  it('and at last the calendar, or a person whose task it is', () => {
    expect(why({ dueAt: later })).toEqual({ key: 'later', at: later });
    expect(why({ channel: 'call' })).toEqual({ key: 'task', at: before });
    expect(why({ channel: 'call', dueAt: later }).key).toBe('later');
    expect(why({ dueAt: null, channel: null }).key).toBe('undated');
  });

  it('whatever it waits for, it says which steps will never be done', () => {
    expect(why({ dueAt: later, passedOver: ['call'] })).toEqual({
      key: 'later',
      at: later,
      passedOver: ['call'],
    });
    expect(why({ dueAt: later })).toEqual({ key: 'later', at: later });
  });
});
