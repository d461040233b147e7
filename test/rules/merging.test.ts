import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergedFields, type Mergeable, sideOf } from '../../src/prospects/merge/merged-fields.js';
import { changedColumns, editedSince, restoredColumns } from '../../src/prospects/merge/merge-image.js';
import { mergedStanding } from '../../src/prospects/merge/merged-status.js';
import { prospectStatuses } from '../../src/prospects/status/status.js';
import { fatesOf } from '../../src/sequences/enrolments/merged-enrolments.js';

const blank: Mergeable = {
  ...{ firstName: null, lastName: null, fullName: 'x@y.fr', companyName: null, companyId: null, title: null },
  ...{ email: null, emailStatus: null, emailKey: null, linkedinUrl: null, linkedinKey: null, phone: null },
  ...{ mobilePhone: null, jobFunction: null, seniority: null, city: null, region: null, country: null },
  ...{ timeZone: null, ownerId: null, custom: null },
};
const standing = fc.record({
  status: fc.constantFrom(...prospectStatuses),
  statusAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
  statusUntil: fc.constant(null),
});

describe('the standing of two who were one', () => {
  it('is that of one of the two, whichever is named first, and an opposition beats all', () => {
    fc.assert(
      fc.property(standing, standing, (one, other) => {
        const merged = mergedStanding(one, other);
        expect([one, other]).toContain(merged);
        if (one.statusAt.getTime() !== other.statusAt.getTime())
          expect(mergedStanding(other, one)).toBe(merged);
        if ([one.status, other.status].includes('do_not_contact'))
          expect(merged.status).toBe('do_not_contact');
      }),
    );
  });

  it.each([
    ['new', 'in_sequence', 'in_sequence'],
    ['interested', 'meeting_booked', 'meeting_booked'],
    ['qualified', 'meeting_held', 'qualified'],
    ['in_sequence', 'not_interested', 'not_interested'],
    ['unreachable', 'new', 'unreachable'],
  ] as const)('%s and %s: %s', (one, other, expected) => {
    const at = new Date('2026-05-01');
    const stands = (status: typeof one | typeof other) => ({ status, statusAt: at, statusUntil: null });
    expect(mergedStanding(stands(one), stands(other)).status).toBe(expected);
  });

  it('of two answers is the later one: people change their minds', () => {
    const yes = { status: 'interested' as const, statusAt: new Date('2026-05-01'), statusUntil: null };
    const no = { status: 'not_interested' as const, statusAt: new Date('2026-06-01'), statusUntil: null };
    expect(mergedStanding(yes, no).status).toBe('not_interested');
    expect(mergedStanding({ ...yes, statusAt: new Date('2026-07-01') }, no).status).toBe('interested');
  });
});

describe('the fields of two who were one', () => {
  it('are the survivor’s where filled, else the other’s, and what belongs together stays together', () => {
    const survivor = { ...blank, firstName: 'Ana', lastName: 'Roux', fullName: 'Ana Roux', city: 'Lyon' };
    const other = {
      ...blank,
      email: 'a@roux.fr',
      emailKey: 'a@roux.fr',
      emailStatus: 'verified',
      city: 'Paris',
      country: 'FR',
    };
    expect(mergedFields(survivor, other)).toMatchObject({
      ...{ fullName: 'Ana Roux', email: 'a@roux.fr', emailStatus: 'verified', emailKey: 'a@roux.fr' },
      // Lyon is not given the country of Paris.
      ...{ city: 'Lyon', country: null },
    });
    expect(mergedFields(survivor, other, { place: 'other' })).toMatchObject({ city: 'Paris', country: 'FR' });
  });

  it('a name of two words stays, whoever survives', () => {
    expect(sideOf('name', blank, { ...blank, firstName: 'Ana', lastName: 'Roux' })).toBe('other');
  });

  it('custom fields are united; where both have one, the chosen side’s stays', () => {
    const survivor = { ...blank, custom: { Salon: 'A', Langue: 'fr' } };
    const other = { ...blank, custom: { Salon: 'B', Note: 'x' } };
    expect(mergedFields(survivor, other).custom).toEqual({ Salon: 'A', Langue: 'fr', Note: 'x' });
    expect(mergedFields(survivor, other, { custom: 'other' }).custom).toEqual({
      Salon: 'B',
      Langue: 'fr',
      Note: 'x',
    });
  });
});

describe('the image of a merge', () => {
  const row = fc.record({
    phone: fc.constantFrom('1', '2', null),
    title: fc.constantFrom('a', 'b', null),
    fit: fc.constantFrom('fit', null),
  });

  it('gives back exactly what was, when nobody has touched it since', () => {
    fc.assert(
      fc.property(row, row, (before, after) => {
        const image = { ...changedColumns(before, after) };
        expect(editedSince(image.after, after)).toEqual([]);
        expect({ ...after, ...restoredColumns(image as never, after) }).toEqual(before);
      }),
    );
  });

  it('names what somebody changed since, but not what follows by itself', () => {
    const { after } = changedColumns({ phone: '1', fit: null }, { phone: '2', fit: 'fit' });
    expect(editedSince(after, { phone: '3', fit: 'unfit' })).toEqual(['phone']);
  });
});

describe('the enrolments of two who were one', () => {
  const enrolment = fc.record({
    id: fc.uuid(),
    prospectId: fc.constantFrom('kept', 'gone'),
    sequenceId: fc.constantFrom('a', 'b', 'c'),
    state: fc.constantFrom('active', 'paused', 'finished'),
    enrolledAt: fc.date({ noInvalidDate: true }),
    touches: fc.nat(5),
  });
  /** A prospect is in a sequence once. */
  const theirs = fc.uniqueArray(enrolment, {
    selector: (one) => `${one.prospectId} ${one.sequenceId}`,
    maxLength: 6,
  });

  it('leave a sequence at most one, and at most one open; none when outreach is over', () => {
    fc.assert(
      fc.property(theirs, fc.boolean(), (all, isOver) => {
        const { dropped, ended } = fatesOf(all, 'kept', isOver);
        const left = all.filter(({ id }) => !dropped.includes(id));
        expect(new Set(left.map(({ sequenceId }) => sequenceId)).size).toBe(left.length);
        expect(new Set(all.map(({ sequenceId }) => sequenceId)).size).toBe(left.length);
        const open = left.filter(({ id, state }) => state !== 'finished' && !ended.includes(id));
        expect(open.length).toBeLessThanOrEqual(isOver ? 0 : 1);
        if (!isOver && left.some(({ state }) => state !== 'finished')) expect(open).toHaveLength(1);
      }),
    );
  });
});
