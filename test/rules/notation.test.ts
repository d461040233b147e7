import { expect, it } from 'vitest';
import { asPercent, withOrdinal } from '../../src/shared/notation.js';
import { formatsIn } from '../../src/web/rendering/formats.js';

it('writes a share with its sign apart in both languages, as reporting.md shows rates', () => {
  expect(asPercent('en', '3.0')).toBe('3.0\u00a0%');
  expect(asPercent('fr', '35,11')).toBe('35,11\u202f%');
  expect(formatsIn('en').percent(0.03)).toBe('3.0\u00a0%');
  expect(formatsIn('en').percent(0.88, 0)).toBe('88\u00a0%');
  expect(formatsIn('fr').percent(0.285)).toBe('28,5\u202f%');
});

it('begins a French month on its 1er, and leaves the 11th, the 21st and the English alone', () => {
  const noon = (on: string): Date => new Date(`${on}T12:00:00Z`);
  expect(formatsIn('fr').day('2026-05-01')).toBe('1er mai 2026');
  expect(formatsIn('fr').date(noon('2026-06-01'), 'Europe/Paris')).toBe('lun. 1er juin 2026');
  expect(formatsIn('fr').moment(noon('2026-06-01'), 'Europe/Paris')).toBe('lun. 1er juin 2026, 14:00');
  expect(formatsIn('fr').day('2026-05-11')).toBe('11 mai 2026');
  expect(formatsIn('fr').day('2026-05-21')).toBe('21 mai 2026');
  expect(formatsIn('en').day('2026-05-01')).toBe('1 May 2026');
  expect(withOrdinal('en-GB', '1 May 2026')).toBe('1 May 2026');
});
