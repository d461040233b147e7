import { describe, expect, it } from 'vitest';
import { businessMinutes } from '../../src/shared/business-hours.js';

const PARIS = { zone: 'Europe/Paris', country: 'FR' };
const minutes = (from: string, to: string): number => businessMinutes(new Date(from), new Date(to), PARIS);

describe('how long an answer has waited, in business hours', () => {
  it('counts from nine to six, Monday to Friday', () => {
    // Monday 10:00 to 12:30 in Paris
    expect(minutes('2027-01-11T09:00:00Z', '2027-01-11T11:30:00Z')).toBe(150);
    // received at 20:00, read the next day at 09:45
    expect(minutes('2027-01-11T19:00:00Z', '2027-01-12T08:45:00Z')).toBe(45);
    // Friday 17:30 to Monday 09:30: half an hour and half an hour
    expect(minutes('2027-01-15T16:30:00Z', '2027-01-18T08:30:00Z')).toBe(60);
  });

  it('passes over public holidays of the country, and knows summer time', () => {
    // 14 July 2027 is a Wednesday: Tuesday 17:00 to Thursday 10:00 is an hour and an hour
    expect(minutes('2027-07-13T15:00:00Z', '2027-07-15T08:00:00Z')).toBe(120);
    // the clock goes forward on Easter Sunday 2027, and Monday is a holiday: Friday 17:00 to Tuesday 10:00
    expect(minutes('2027-03-26T16:00:00Z', '2027-03-30T08:00:00Z')).toBe(120);
  });

  it('is nothing before it began', () => {
    expect(minutes('2027-01-11T11:00:00Z', '2027-01-11T09:00:00Z')).toBe(0);
  });
});
