import { describe, expect, it } from 'vitest';
import { matchReply, type OurMail, type ReplyTraces } from '../../src/outreach/incoming/match-reply.js';

const first: OurMail = {
  id: 'touch-1',
  prospectId: 'jean',
  enrolmentId: 'e-1',
  messageIds: ['<1@epure.example>'],
  token: 'a'.repeat(26),
  toAddress: 'jean@roux.example',
  sentAt: new Date('2027-05-01T08:00:00Z'),
};
const second = {
  ...first,
  id: 'touch-2',
  messageIds: ['<2@epure.example>', '<relay@mx.example>'],
  token: 'b'.repeat(26),
  sentAt: new Date('2027-05-05T08:00:00Z'),
};
const other = {
  ...first,
  id: 'touch-3',
  prospectId: 'marie',
  enrolmentId: null,
  messageIds: ['<3@epure.example>'],
  token: 'c'.repeat(26),
  toAddress: 'marie@roux.example',
};
const OURS = [first, second, other];

const match = (has: Partial<ReplyTraces>) =>
  matchReply({ messageIds: [], tokens: [], people: [], ...has }, OURS, (address) => address);

describe('whose mail it is', () => {
  it('the one whose message it answers, even an older one of the thread', () => {
    expect(match({ messageIds: ['<1@epure.example>'] })).toEqual({
      touchId: 'touch-1',
      prospectId: 'jean',
      enrolmentId: 'e-1',
      by: 'thread',
    });
  });

  it('the nearest of several', () => {
    expect(match({ messageIds: ['<2@epure.example>', '<1@epure.example>'] })?.touchId).toBe('touch-2');
  });

  it('under the id a relay gave the message', () => {
    expect(match({ messageIds: ['<relay@mx.example>'] })?.touchId).toBe('touch-2');
  });

  it('the thread beats the token, the token beats the sender', () => {
    const all = {
      messageIds: ['<1@epure.example>'],
      tokens: ['b'.repeat(26)],
      people: ['marie@roux.example'],
    };
    expect(match(all)?.by).toBe('thread');
    expect(match({ ...all, messageIds: ['<unknown@x.example>'] })).toMatchObject({
      by: 'token',
      touchId: 'touch-2',
    });
    expect(match({ people: all.people })).toMatchObject({ by: 'sender', prospectId: 'marie' });
  });

  it('from an alias, the thread tells', () => {
    expect(match({ messageIds: ['<2@epure.example>'], people: ['j.dupont@gmail.example'] })?.prospectId).toBe(
      'jean',
    );
  });

  it('by the sender it is the newest mail to them', () => {
    expect(match({ people: ['jean@roux.example'] })?.touchId).toBe('touch-2');
  });

  it('nobody’s when nothing fits', () => {
    expect(
      match({ messageIds: ['<9@x.example>'], tokens: ['z'.repeat(26)], people: ['paul@x.example'] }),
    ).toBeNull();
  });
});
