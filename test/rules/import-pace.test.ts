import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImaginedRows } from '../../src/prospects/import/imagined-rows.js';
import { Pace } from '../../src/prospects/import/pace.js';
import { numberText } from '../../src/prospects/import/workbook/cell-text.js';
import { builtInFormat, readNumberFormat } from '../../src/prospects/import/workbook/number-format.js';

describe('how many rows a transaction may hold', () => {
  /** Rows that take 0.1 ms each; others ask so often between two transactions, and are busy for so long with it. */
  const after = (turns: number, aside: { ms: number; asked: number }, pace = new Pace()): Pace => {
    for (let turn = 0; turn < turns; turn += 1) pace.took(pace.rows, pace.rows * 0.1, aside);
    return pace;
  };
  const nobody = { ms: 0.05, asked: 0 };

  it('alone: as many as 40 ms allow', () => {
    expect(after(100, nobody).rows).toBeGreaterThanOrEqual(390);
  });
  it('beside somebody: as many as 12 ms allow, and never less than forty', () => {
    for (const aside of [
      { ms: 3, asked: 4 },
      { ms: 0.5, asked: 2 },
      { ms: 500, asked: 200 },
    ])
      expect(after(200, aside).rows).toBeLessThanOrEqual(120);
    const slow = new Pace();
    for (let turn = 0; turn < 200; turn += 1) slow.took(slow.rows, slow.rows * 3, { ms: 3, asked: 4 });
    expect(slow.rows).toBe(40);
  });
  it('leaves others to themselves between two transactions, and wastes no time on nobody', () => {
    expect(after(200, { ms: 30, asked: 60 }).pause).toBeGreaterThanOrEqual(40);
    expect(after(100, nobody).pause).toBe(0);
  });
  it('goes on at one even pace where time stands still', () => {
    const pace = new Pace();
    pace.took(pace.rows, 0, { ms: 0, asked: 3 });
    const { rows } = pace;
    pace.took(pace.rows, 0, { ms: 0, asked: 3 });
    expect([pace.rows, pace.pause]).toEqual([rows, 0]);
  });
  it('is alone as long as nobody asks for anything, whatever else the process is busy with', () => {
    expect(after(100, { ms: 20, asked: 0 }).rows).toBeGreaterThanOrEqual(390);
  });
  it('who comes while it is alone is seen within a few transactions, who leaves is forgotten', () => {
    const pace = after(100, nobody);
    expect(after(6, { ms: 8, asked: 6 }, pace).rows).toBeLessThanOrEqual(120);
    expect(after(300, nobody, pace).rows).toBeGreaterThanOrEqual(390);
  });
  it('one who looks at the progress four times a second, with three questions each time, is no company', () => {
    const pace = after(100, nobody);
    for (let turn = 0; turn < 200; turn += 1)
      pace.took(pace.rows, 40, turn % 6 === 0 ? { ms: 2, asked: 3 } : nobody);
    expect(pace.rows).toBeGreaterThanOrEqual(300);
  });
});

describe('what a dry run would have created', () => {
  const keys = (email: string) => ({ external: null, email, linkedin: null, name: null });
  const person = (firstName: string) => ({ firstName, lastName: 'Roux' }) as never;
  it('holds every key it was told, and no other, also when it has grown', () => {
    const everybody = fc.uniqueArray(fc.emailAddress(), { minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(everybody, fc.emailAddress(), (addresses, stranger) => {
        const rows = new ImaginedRows();
        addresses.forEach((email) => rows.add({ keys: keys(email), person: person('Claire') }));
        for (const email of addresses)
          expect(rows.holderOf('email', email, { keys: keys(email) }, 'i')?.keys.email).toBe(email);
        if (!addresses.includes(stranger))
          expect(rows.holderOf('email', stranger, { keys: keys(stranger) }, 'i')).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});

describe('a number of a workbook as a person would have typed it', () => {
  const phone = readNumberFormat('0#" "##" "##" "##" "##');
  it.each([
    ['6.39981234E8', phone, '0639981234'],
    ['552100554', builtInFormat(0), '552100554'],
    ['1E+15', builtInFormat(0), '1000000000000000'],
    ['0.1', builtInFormat(0), '0.1'],
    ['0.30000000000000004', builtInFormat(0), '0.3'],
    ['1.5E-7', builtInFormat(0), '0.00000015'],
    ['-12', readNumberFormat('#,##0.00'), '-12'],
    ['42', readNumberFormat('00000'), '00042'],
    ['46093', builtInFormat(14), '2026-03-12'],
    ['46093.604166666664', readNumberFormat('[$-40C]dd/mm/yyyy hh:mm;@'), '2026-03-12 14:30'],
    ['0.5', builtInFormat(20), '12:00'],
    ['1', readNumberFormat('[Red]General'), '1'],
    ['abc', builtInFormat(0), 'abc'],
  ])('%s', (raw, format, wanted) => {
    expect(numberText(raw, format, false)).toBe(wanted);
  });
  it('an old Mac workbook counts its days from 1904', () => {
    expect(numberText('44631', builtInFormat(14), true)).toBe('2026-03-12');
  });
});
