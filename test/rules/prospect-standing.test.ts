import { expect, it } from 'vitest';
import { standingOf } from '../../src/meetings/prospect-standing.js';

const booked = { state: 'booked', qualification: 'none' } as const;
const held = { state: 'held', qualification: 'none' } as const;
const accepted = { state: 'held', qualification: 'accepted' } as const;
const lapsed = { state: 'held', qualification: 'lapsed' } as const;
const contested = { state: 'held', qualification: 'contested' } as const;
const missed = { state: 'no_show_guest', qualification: 'none' } as const;

it('a missed or cancelled meeting leaves somebody interested, to be rebooked', () => {
  expect(standingOf([missed])).toBe('interested');
  expect(standingOf([{ state: 'cancelled_by_client', qualification: 'none' }])).toBe('interested');
});

it('an earlier meeting keeps what it earned when a second one falls through', () => {
  expect(standingOf([held, missed])).toBe('meeting_held');
  expect(standingOf([missed, accepted])).toBe('qualified');
});

it('a second appointment shows until it is over', () => {
  expect(standingOf([accepted, booked])).toBe('meeting_booked');
});

it('silence qualifies as words do, a contest does not', () => {
  expect(standingOf([lapsed])).toBe('qualified');
  expect(standingOf([contested])).toBe('meeting_held');
});
