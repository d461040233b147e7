import { describe, expect, it } from 'vitest';
import { channels, outcomes } from '../../src/outreach/outcomes.js';
import { prospectStatuses } from '../../src/prospects/status.js';
import { rankQueue, type Ranked } from '../../src/sequences/queue-rank.js';
import { statusKeys, statusLetters } from '../../src/web/today-keys.js';

describe('the keys of Today', () => {
  it('never mean two things: statuses, outcomes of the step on screen, and navigation have letters of their own', () => {
    const navigation = ['j', 'k', 'u', 'm', 'y', 'b', 'g', 't', '?', '/'];
    for (const channel of channels) {
      const letters = [
        ...navigation,
        ...Object.values(statusLetters),
        ...outcomes[channel].map((outcome) => outcome.letter),
      ];
      expect(new Set(letters).size).toBe(letters.length);
    }
  });

  it('offer a person only moves the table allows, and never a meeting by hand', () => {
    for (const status of prospectStatuses) {
      const offered = statusKeys(status).map((key) => key.to);
      expect(offered).not.toContain('meeting_booked');
      expect(offered).not.toContain('in_sequence');
    }
    expect(statusKeys('meeting_booked').map((key) => key.to)).toEqual(['do_not_contact']);
    expect(statusKeys('later').map((key) => key.to)).toContain('later');
  });
});

describe('the order of the day', () => {
  const at = (day: number) => new Date(Date.UTC(2027, 0, day));
  const one = (group: Ranked['group'], prospectId: string, has: Partial<Ranked> = {}): Ranked => ({
    group,
    prospectId,
    at: at(1),
    until: null,
    score: null,
    ...has,
  });

  it('is answers by how long they wait, callbacks by day, steps by due date, new people by fit', () => {
    const ranked = rankQueue([
      one('new', 'n1', { score: 40 }),
      one('new', 'n2', { score: 90 }),
      one('task', 't1', { at: at(3) }),
      one('task', 't2', { at: at(2) }),
      one('callback', 'c1', { until: '2027-01-05' }),
      one('callback', 'c2', { until: '2027-01-04' }),
      one('reply', 'r1', { at: at(9) }),
      one('reply', 'r2', { at: at(8) }),
    ]);
    expect(ranked.map((item) => item.prospectId)).toEqual(['r2', 'r1', 'c2', 'c1', 't2', 't1', 'n2', 'n1']);
  });

  it('names a person once, under the strongest reason', () => {
    expect(
      rankQueue([one('new', 'a'), one('task', 'a'), one('reply', 'a')]).map((item) => item.group),
    ).toEqual(['reply']);
  });
});
