import { describe, expect, it } from 'vitest';
import { attribute, type AttributionTouch } from '../../src/meetings/attribution.js';

const bookedAt = new Date('2026-06-30T09:00:00Z');

function touch(id: string, at: string, rest: Partial<AttributionTouch> = {}): AttributionTouch {
  return {
    id,
    at: new Date(at),
    channel: 'email',
    kind: 'touch',
    sdrId: 'lea',
    sequenceId: 'summer',
    stepId: 'step-1',
    ...rest,
  };
}

const mail = touch('1', '2026-06-01T08:00:00Z');
const call = touch('2', '2026-06-10T08:00:00Z', { channel: 'call', sdrId: 'karim', stepId: 'step-2' });
const invitation = touch('3', '2026-06-20T08:00:00Z', { channel: 'linkedin_invite', stepId: 'step-3' });
const answerByMail = touch('4', '2026-06-21T08:00:00Z', {
  kind: 'answer',
  sdrId: null,
  sequenceId: null,
  stepId: null,
});

describe('what earned a meeting', () => {
  it('is the channel of the answer that led to it, and the other channels assisted', () => {
    const found = attribute([invitation, answerByMail, call, mail], bookedAt);
    expect(found?.channel).toBe('email');
    expect(found?.assistedBy).toEqual(['call', 'linkedin_invite']);
  });

  it('an answer that names nobody belongs to the touch it answers, not to the last one made', () => {
    const found = attribute([mail, call, invitation, answerByMail], bookedAt);
    expect(found).toMatchObject({ sdrId: 'lea', sequenceId: 'summer', stepId: 'step-1' });
  });

  it('the first and the last touch are what we did, whatever order the rows came in', () => {
    const found = attribute([invitation, answerByMail, call, mail], bookedAt);
    expect(found).toMatchObject({ firstTouchId: '1', lastTouchId: '3' });
  });

  it('without an answer, the last touch', () => {
    expect(attribute([mail, call], bookedAt)).toMatchObject({
      channel: 'call',
      sdrId: 'karim',
      stepId: 'step-2',
    });
  });

  it('a call that was taken is a touch and an answer at once', () => {
    const conversation = touch('5', '2026-06-22T08:00:00Z', {
      channel: 'call',
      kind: 'exchange',
      sdrId: 'karim',
    });
    const found = attribute([mail, answerByMail, conversation], bookedAt);
    expect(found).toMatchObject({ channel: 'call', sdrId: 'karim', lastTouchId: '5', assistedBy: ['email'] });
  });

  it('a prospect who wrote first is attributed to that answer alone', () => {
    const found = attribute([answerByMail], bookedAt);
    expect(found).toMatchObject({ firstTouchId: '4', channel: 'email', sdrId: null, sequenceId: null });
  });
});

describe('the window of 90 days', () => {
  it('counts a touch exactly 90 days before the booking, and not one a second older', () => {
    // 30 June minus 90 days: 30 in June, 31 in May, 29 in April → 1 April, at the same time.
    expect(attribute([touch('1', '2026-04-01T09:00:00Z')], bookedAt)).not.toBeNull();
    expect(attribute([touch('1', '2026-04-01T08:59:59Z')], bookedAt)).toBeNull();
  });

  it('leaves out what came after the booking', () => {
    expect(attribute([touch('1', '2026-06-30T09:00:01Z')], bookedAt)).toBeNull();
  });

  it('can be shorter when a client agreed so', () => {
    expect(attribute([mail], bookedAt, 14)).toBeNull();
  });
});

it('nothing in the window means unattributed, guessed from nothing', () => {
  expect(attribute([], bookedAt)).toBeNull();
});
