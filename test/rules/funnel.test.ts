import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fact, standing } from '../../src/reporting/facts/fact.js';
import { type Stage, type StageDates, ripensAt, stages, stagesOf } from '../../src/reporting/facts/funnel.js';
import { maturesAt } from '../../src/reporting/facts/maturity.js';
import { meetingsOf } from '../../src/reporting/facts/meeting-course.js';
import { exitBit, exitBits, exitsOf, sideExits } from '../../src/reporting/facts/side-exits.js';

const HOUR = 3_600_000;
/** Hour 0 of the story. */
const START = Date.UTC(2026, 2, 2, 8);
const hour = (hours: number): Date => new Date(START + hours * HOUR);
const LATER = hour(10_000);

let written = 0;
function fact(kind: string, atHour: number, more: Partial<Fact> = {}): Fact {
  written += 1;
  return {
    id: String(written).padStart(8, '0'),
    kind,
    at: hour(atHour),
    from: null,
    to: null,
    channel: null,
    result: null,
    data: null,
    undoesId: null,
    ...more,
  };
}
const created = (at: number, data: Fact['data'] = null): Fact => fact('prospect.created', at, { data });
const touch = (at: number, channel: string, result: string): Fact => fact('touch', at, { channel, result });
const status = (at: number, to: string, more: Partial<Fact> = {}): Fact =>
  fact('status', at, { to, ...more });
const meeting = (at: number, word: string, data: Record<string, unknown> = {}): Fact =>
  fact(`meeting.${word}`, at, { data: { meetingId: 'm1', ...data } });
const undo = (at: number, undone: Fact): Fact => fact('status', at, { undoesId: undone.id, to: 'new' });

const found = (facts: Fact[], now = LATER): StageDates => stagesOf(facts, { bounceHours: 72, now });
const reached = (facts: Fact[], now = LATER): Stage | undefined =>
  stages.findLast((stage) => found(facts, now)[stage] !== undefined);
const exits = (facts: Fact[]): string[] => [...exitsOf(standing(facts), meetingsOf(standing(facts)))];

describe('A prospect travels through the funnel', () => {
  it('is sourced and eligible when its row is accepted, and only sourced when something rules it out', () => {
    expect(found([created(1)])).toEqual({ sourced: hour(1), eligible: hour(1) });
    expect(found([created(1, { ineligible: 'unfit' })])).toEqual({ sourced: hour(1) });
  });

  it('is contacted by mail once 72 hours passed without a bounce, not when the mail left', () => {
    const facts = [created(0), touch(10, 'email', 'sent')];
    expect(found(facts, hour(81)).contacted).toBeUndefined();
    expect(found(facts, hour(82)).contacted).toEqual(hour(82));
    expect(ripensAt(facts, { bounceHours: 72, now: hour(11) })).toEqual(hour(82));
    expect(ripensAt(facts, { bounceHours: 72, now: hour(82) })).toBeNull();
  });

  it('is contacted as soon as it answers, without waiting for the 72 hours', () => {
    const facts = [created(0), touch(10, 'email', 'sent'), status(15, 'replied', { channel: 'email' })];
    expect(found(facts).contacted).toEqual(hour(15));
  });

  it('is attempted but never contacted when the mail bounced', () => {
    const facts = [created(0), touch(10, 'email', 'sent'), touch(11, 'email', 'bounced')];
    expect(reached(facts)).toBe('attempted');
    expect(exits(facts)).toEqual(['bounced']);
  });

  it('is contacted by the second mail when only the first one bounced', () => {
    const facts = [touch(10, 'email', 'sent'), touch(11, 'email', 'bounced'), touch(200, 'email', 'sent')];
    expect(found(facts).contacted).toEqual(hour(272));
  });

  it('is contacted by a conversation, not by a voicemail', () => {
    const facts = [created(0), touch(5, 'call', 'voicemail')];
    expect(reached(facts)).toBe('attempted');
    expect(found([...facts, touch(9, 'call', 'conversation')]).contacted).toEqual(hour(9));
  });

  it('is contacted when the invitation is accepted, not when it is sent', () => {
    const facts = [created(0), touch(5, 'linkedin_invite', 'sent')];
    expect(reached(facts)).toBe('attempted');
    expect(found([...facts, touch(30, 'linkedin_invite', 'accepted')]).contacted).toEqual(hour(30));
  });

  it('is not attempted by a step that was skipped', () => {
    expect(reached([created(0), touch(5, 'call', 'skipped')])).toBe('eligible');
  });

  it.each([
    ['in_sequence', 'enrolled'],
    ['replied', 'replied'],
    ['later', 'replied'],
    ['not_interested', 'replied'],
    ['wrong_person', 'replied'],
    ['interested', 'interested'],
    ['unreachable', 'eligible'],
    ['do_not_contact', 'eligible'],
  ])('with the status %s stands at %s', (to, stage) => {
    expect(reached([created(0), status(9, to)])).toBe(stage);
  });
});

describe('A meeting', () => {
  const booked = meeting(100, 'booked', { startsAt: hour(150).toISOString() });
  const held = meeting(170, 'held');
  const claimed = meeting(171, 'claimed');

  it('is held at its own time, not when somebody notes it', () => {
    expect(found([booked, held])).toMatchObject({ booked: hour(100), held: hour(150) });
  });

  it('is the same meeting after a new date', () => {
    const moved = meeting(120, 'rescheduled', { startsAt: hour(160).toISOString() });
    expect(found([booked, moved, held])).toMatchObject({ booked: hour(100), held: hour(160) });
  });

  it('noted after it took place is not held before it was booked', () => {
    const late = meeting(100, 'booked', { startsAt: hour(90).toISOString() });
    expect(found([late, meeting(101, 'held')]).held).toEqual(hour(100));
  });

  it('qualifies when the client accepts, or lets the time lapse; a claim alone is pending', () => {
    expect(reached([booked, held, claimed])).toBe('held');
    expect(found([booked, held, claimed, meeting(200, 'accepted')]).qualified).toEqual(hour(200));
    expect(found([booked, held, claimed, meeting(291, 'lapsed')]).qualified).toEqual(hour(291));
  });

  it('that the client contests leaves by the side, until the client takes it back', () => {
    const contested = [booked, held, claimed, meeting(200, 'contested')];
    expect(reached(contested)).toBe('held');
    expect(exits(contested)).toEqual(['contested']);
    expect(reached([...contested, meeting(210, 'accepted')])).toBe('qualified');
    expect(exits([...contested, meeting(210, 'accepted')])).toEqual([]);
  });

  it('does not qualify by a status somebody set', () => {
    expect(reached([booked, held, status(180, 'qualified')])).toBe('held');
  });

  it('corrected to a no-show was never held, and its claim is gone with it', () => {
    const corrected = [booked, held, claimed, meeting(180, 'no_show_guest')];
    expect(reached(corrected)).toBe('booked');
    expect(exits(corrected)).toEqual(['no_show_guest']);
    const again = [...corrected, meeting(181, 'held'), meeting(200, 'accepted')];
    expect(reached(again)).toBe('held');
  });

  it('missed and given a new date is open again', () => {
    const again = meeting(180, 'rescheduled', { startsAt: hour(300).toISOString() });
    expect(exits([booked, meeting(170, 'no_show_guest'), again])).toEqual([]);
  });

  it('missed once, then another one held: both are told', () => {
    const second = { meetingId: 'm2', startsAt: hour(300).toISOString() };
    const facts = [
      booked,
      meeting(170, 'no_show_guest'),
      meeting(200, 'booked', second),
      meeting(301, 'held', second),
    ];
    expect(found(facts)).toMatchObject({ booked: hour(100), held: hour(300) });
    expect(exits(facts)).toEqual(['no_show_guest']);
  });
});

describe('A correction', () => {
  it('takes back what it corrects, and a correction of the correction brings it back', () => {
    const reply = status(20, 'interested');
    const taken = undo(21, reply);
    expect(reached([created(0), reply])).toBe('interested');
    expect(reached([created(0), reply, taken])).toBe('eligible');
    expect(reached([created(0), reply, taken, undo(22, taken)])).toBe('interested');
  });

  it('of an opposition set by mistake clears the exit', () => {
    const stop = status(20, 'do_not_contact');
    expect(exits([stop])).toEqual(['opted_out']);
    expect(exits([stop, undo(21, stop)])).toEqual([]);
  });
});

describe('A person is mature', () => {
  const sent = touch(24, 'email', 'sent');

  it('21 days after the last step', () => {
    // Hour 24 plus 21 × 24 hours = hour 528.
    expect(maturesAt([created(0), sent])).toEqual(hour(528));
  });

  it('never before the first step, nor while a sequence still runs', () => {
    expect(maturesAt([created(0)])).toBeNull();
    expect(maturesAt([fact('enrolment.started', 1), sent])).toBeNull();
    expect(maturesAt([fact('enrolment.started', 1), sent, fact('enrolment.finished', 30)])).toEqual(
      hour(528),
    );
  });
});

describe('Side exits as bits', () => {
  it('keep each exit apart', () => {
    fc.assert(
      fc.property(fc.subarray([...sideExits]), (some) => {
        const bits = exitBits(new Set(some));
        expect(sideExits.filter((exit) => (bits & exitBit(exit)) !== 0)).toEqual(some);
      }),
    );
  });
});

describe('Laws of the funnel', () => {
  const anyFact: fc.Arbitrary<Fact> = fc
    .tuple(
      fc.constantFrom(
        () => created(0),
        () => touch(0, 'email', 'sent'),
        () => touch(0, 'email', 'bounced'),
        () => touch(0, 'call', 'conversation'),
        () => touch(0, 'call', 'no_answer'),
        () => touch(0, 'linkedin_invite', 'accepted'),
        () => fact('enrolment.started', 0),
        () => status(0, 'interested'),
        () => status(0, 'not_interested'),
        () => status(0, 'do_not_contact'),
        () => meeting(0, 'booked', { startsAt: hour(400).toISOString() }),
        () => meeting(0, 'rescheduled', { startsAt: hour(500).toISOString() }),
        () => meeting(0, 'held'),
        () => meeting(0, 'no_show_guest'),
        () => meeting(0, 'claimed'),
        () => meeting(0, 'accepted'),
        () => meeting(0, 'contested'),
        () => fact('note', 0),
      ),
      fc.nat(1000),
    )
    .map(([make, at]) => ({ ...make(), at: hour(at) }));
  const anyFacts = fc.array(anyFact, { maxLength: 12 });

  it('entering a stage implies the earlier ones, and dates never run backwards', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(2000), (facts, now) => {
        const dates = found(facts, hour(now));
        const inOrder = stages.map((stage) => dates[stage]);
        const count = inOrder.filter((at) => at !== undefined).length;
        expect(inOrder.slice(0, count).every((at) => at !== undefined)).toBe(true);
        for (let i = 1; i < count; i++) expect(inOrder[i]! >= inOrder[i - 1]!).toBe(true);
      }),
    );
  });

  it('the order in which facts are read does not matter', () => {
    const shuffled = anyFacts.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([facts, mixed]) => {
        expect(found(mixed)).toEqual(found(facts));
        expect(exits(mixed)).toEqual(exits(facts));
      }),
    );
  });

  it('a fact and its undoing leave everything as it was', () => {
    fc.assert(
      fc.property(anyFacts, anyFact, (facts, mistake) => {
        const after = [...facts, mistake, undo(2000, mistake)];
        expect(found(after)).toEqual(found(facts));
        expect(exits(after)).toEqual(exits(facts));
        expect(maturesAt(standing(after))).toEqual(maturesAt(standing(facts)));
      }),
    );
  });

  it('notes change nothing', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(found([...facts, fact('note', 3)])).toEqual(found(facts));
      }),
    );
  });

  it('what was seen at one moment changes at `ripensAt`, not before', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(2000), (facts, hours) => {
        const now = hour(hours);
        const ripens = ripensAt(standing(facts), { bounceHours: 72, now });
        const justBefore = ripens === null ? LATER : new Date(ripens.getTime() - 1);
        expect(found(facts, justBefore)).toEqual(found(facts, now));
      }),
    );
  });
});
