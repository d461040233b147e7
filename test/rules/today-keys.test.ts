import { describe, expect, it } from 'vitest';
import { channels, outcomes } from '../../src/outreach/touches/outcomes.js';
import { prospectStatuses } from '../../src/prospects/status/status.js';
import { rankQueue, type Ranked } from '../../src/sequences/today/queue-rank.js';
import { HUMAN_CLASSES } from '../../src/mail/mail-class.js';
import { isUsedUp, limitsOf } from '../../src/outreach/touches/daily-pace.js';
import { statusForReply } from '../../src/sequences/replies/reply-status.js';
import {
  classKeys,
  classLetters,
  releaseLetters,
  statusKeys,
  statusLetters,
} from '../../src/web/today/today-keys.js';

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

describe('the keys of an answer', () => {
  it('have one letter each, none of the navigation’s, and that of the status they lead to', () => {
    const letters = [...Object.values(classLetters), ...['j', 'k', 'u', 'm', 'y', 'b', 'g', 't', 'a']];
    expect(new Set(letters).size).toBe(letters.length);
    expect(classKeys.map((key) => key.class)).toEqual([...HUMAN_CLASSES]);
    for (const name of ['interested', 'later', 'not_interested', 'wrong_person'] as const)
      expect(classLetters[name]).toBe(statusLetters[statusForReply(name)!]);
  });
});

describe('the keys of colleagues who wait', () => {
  it('are none of the statuses’, of an answer’s or of the navigation’s: those stand beside them', () => {
    const beside = [...Object.values(statusLetters), ...Object.values(classLetters)];
    const navigation = ['j', 'k', 'u', 'm', 'y', 'b', 'g', 't', 'a'];
    const letters = [...new Set(beside), ...navigation, ...Object.values(releaseLetters)];
    expect(new Set(letters).size).toBe(letters.length);
  });
});

describe('the pace of a day', () => {
  it('is the usual one where the agency says nothing', () => {
    expect(limitsOf({ call: 10, email: 3 })).toEqual({ linkedin_invite: 20, linkedin_message: 40, call: 10 });
    expect(isUsedUp({ channel: 'call', done: 9, limit: 10 })).toBe(false);
    expect(isUsedUp({ channel: 'call', done: 10, limit: 10 })).toBe(true);
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

  it('is answers by how long they wait, callbacks by day, companies that wait, steps by due date, new people by fit', () => {
    const ranked = rankQueue([
      one('new', 'n1', { score: 40 }),
      one('new', 'n2', { score: 90 }),
      one('task', 't1', { at: at(3) }),
      one('task', 't2', { at: at(2) }),
      one('colleague', 'w1', { at: at(7) }),
      one('colleague', 'w2', { at: at(6) }),
      one('callback', 'c1', { until: '2027-01-05' }),
      one('callback', 'c2', { until: '2027-01-04' }),
      one('reply', 'r1', { at: at(9) }),
      one('reply', 'r2', { at: at(8) }),
    ]);
    expect(ranked.map((item) => item.prospectId)).toEqual([
      'r2',
      'r1',
      'c2',
      'c1',
      'w2',
      'w1',
      't2',
      't1',
      'n2',
      'n1',
    ]);
  });

  it('puts interested answers before others, and a callback at an hour before those of any time of its day', () => {
    const ranked = rankQueue([
      one('reply', 'cold', { at: at(1) }),
      one('reply', 'hot', { at: at(5), isHot: true }),
      one('callback', 'any', { until: '2027-01-05' }),
      one('callback', 'hour', { until: '2027-01-05', callbackAt: at(5) }),
      one('today', 'tonight', { at: at(6) }),
    ]);
    expect(ranked.map((item) => item.prospectId)).toEqual(['hot', 'cold', 'hour', 'any', 'tonight']);
  });

  it('names a person once, under the strongest reason', () => {
    expect(
      rankQueue([one('new', 'a'), one('task', 'a'), one('reply', 'a')]).map((item) => item.group),
    ).toEqual(['reply']);
  });
});
