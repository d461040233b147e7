import { describe, expect, it } from 'vitest';
import { doubtsAbout } from '../../src/meetings/time-doubts.js';

const PARIS = { zone: 'Europe/Paris', country: 'FR' };
const now = new Date('2026-03-02T09:00:00Z');
const at = (startsAt: string, guest = PARIS) => doubtsAbout(new Date(startsAt), now, guest);

describe('a time somebody is asked about before it is booked', () => {
  it('is never a working hour of a working day of the guest', () => {
    // 10 March 2026 is a Tuesday; Paris is at UTC+1: 8:00, 12:30 and 18:59 there.
    for (const time of ['07:00', '11:30', '17:59']) expect(at(`2026-03-10T${time}:00Z`)).toEqual([]);
  });

  it('is one before 8 or from 19 on, by the guest’s clock, not ours', () => {
    expect(at('2026-03-10T06:59:00Z')).toEqual(['hours']);
    expect(at('2026-03-10T18:00:00Z')).toEqual(['hours']);
    // 16:00 in Paris is 10:00 in Montréal, and midnight in Tokyo: the next day there.
    expect(at('2026-03-10T15:00:00Z', { zone: 'America/Toronto', country: 'CA' })).toEqual([]);
    expect(at('2026-03-10T15:00:00Z', { zone: 'Asia/Tokyo', country: 'JP' })).toEqual(['hours']);
  });

  it('is one at the weekend, or on a public holiday of the guest’s country', () => {
    expect(at('2026-03-15T10:00:00Z')).toEqual(['weekend']);
    // Bastille Day is a Tuesday in 2026: a holiday in France, none in Belgium.
    expect(at('2026-07-14T08:00:00Z')).toEqual(['holiday']);
    expect(at('2026-07-14T08:00:00Z', { zone: 'Europe/Brussels', country: 'BE' })).toEqual([]);
    expect(at('2026-07-14T03:00:00Z')).toEqual(['hours', 'holiday']);
  });

  it('is one that has passed, whatever its hour; an hour late is no past, and a month is past asking', () => {
    expect(at('2026-03-01T03:00:00Z')).toEqual(['past']);
    expect(at('2026-03-02T07:59:00Z')).toEqual(['past']);
    expect(at('2026-03-02T08:00:00Z')).toEqual([]);
    // 31 days before, to the minute; one more is refused, so nothing is asked.
    expect(at('2026-01-30T09:00:00Z')).toEqual(['past']);
    expect(at('2026-01-30T08:59:00Z')).toEqual([]);
  });
});
