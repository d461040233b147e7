import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInWindow, nextOpening } from '../../src/sequences/engine/send-window.js';

const paris = { zone: 'Europe/Paris', country: 'FR' };
const opening = (at: string, place = paris) => nextOpening(new Date(at), place).toISOString();

describe('the window of outreach, 08:30 to 18:00 on the prospect’s clock', () => {
  it('opens at 08:30 sharp and closes before 18:00', () => {
    // Tuesday 12 January 2027, Paris is UTC+1.
    expect(isInWindow(new Date('2027-01-12T07:29:59Z'), paris)).toBe(false);
    expect(isInWindow(new Date('2027-01-12T07:30:00Z'), paris)).toBe(true);
    expect(isInWindow(new Date('2027-01-12T16:59:59Z'), paris)).toBe(true);
    expect(isInWindow(new Date('2027-01-12T17:00:00Z'), paris)).toBe(false);
  });

  it('gives back the instant itself while open, the same morning before, the next morning after', () => {
    expect(opening('2027-01-12T10:00:00Z')).toBe('2027-01-12T10:00:00.000Z');
    expect(opening('2027-01-12T04:00:00Z')).toBe('2027-01-12T07:30:00.000Z');
    expect(opening('2027-01-12T17:00:00Z')).toBe('2027-01-13T07:30:00.000Z');
  });

  it('moves from the Sunday of the spring change to Tuesday, Easter Monday being off: 28 March 2027', () => {
    // Sunday 28 March → Monday 29 is a holiday → Tuesday 30, 08:30 in summer time (UTC+2) = 06:30Z.
    expect(opening('2027-03-28T00:30:00Z')).toBe('2027-03-30T06:30:00.000Z');
    expect(opening('2027-03-26T17:00:00Z')).toBe('2027-03-30T06:30:00.000Z');
    // With no holiday calendar Monday is open already.
    expect(opening('2027-03-28T00:30:00Z', { zone: 'Europe/Paris', country: null as never })).toBe(
      '2027-03-29T06:30:00.000Z',
    );
  });

  it('moves from the Sunday of the autumn change to Tuesday, All Saints being off: 31 October 2027', () => {
    // 08:30 in winter time (UTC+1) = 07:30Z on Tuesday 2 November.
    expect(opening('2027-10-31T00:30:00Z')).toBe('2027-11-02T07:30:00.000Z');
    // Monday 1 November is worked in Germany: 08:30 Berlin = 07:30Z.
    expect(opening('2027-10-31T00:30:00Z', { zone: 'Europe/Berlin', country: 'DE' })).toBe(
      '2027-11-01T07:30:00.000Z',
    );
  });

  it('lives in the prospect’s zone: a New York morning starts in the Paris afternoon', () => {
    expect(opening('2027-01-12T10:00:00Z', { zone: 'America/New_York', country: 'US' })).toBe(
      '2027-01-12T13:30:00.000Z',
    );
  });

  it('never opens in the past, always opens inside the window, and asking again changes nothing', () => {
    const zones = fc.constantFrom(
      'Europe/Paris',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'UTC',
    );
    const instants = fc.date({
      min: new Date('2026-06-01'),
      max: new Date('2028-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, zones, (at, zone) => {
        const place = { zone, country: 'FR' };
        const opened = nextOpening(at, place);
        expect(opened >= at).toBe(true);
        expect(isInWindow(opened, place)).toBe(true);
        expect(nextOpening(opened, place)).toEqual(opened);
      }),
      { numRuns: 200 },
    );
  });
});
