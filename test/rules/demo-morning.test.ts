import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { lastTold, morningOf } from '../../seeds/morning.js';

const inParis = (moment: string): DateTime => DateTime.fromISO(moment, { zone: 'Europe/Paris' });

describe('the morning the demo is told up to', () => {
  it('is that of the same day once it has been', () => {
    for (const hour of ['08:30', '12:00', '23:59'])
      expect(lastTold(inParis(`2026-11-24T${hour}`)).toISODate(), hour).toBe('2026-11-24');
  });

  it('is that of the day before at night and at breakfast: nothing told lies ahead', () => {
    for (const hour of ['00:00', '00:27', '08:29'])
      expect(lastTold(inParis(`2026-11-24T${hour}`)).toISODate(), hour).toBe('2026-11-23');
  });

  it('never lies ahead, nor more than a day back, whatever the hour', () => {
    for (let hours = 0; hours < 24 * 366; hours += 1) {
      const now = inParis('2026-01-01T00:10').plus({ hours });
      const ago = now.diff(morningOf(lastTold(now)), 'hours').hours;
      expect(ago, now.toISO()!).toBeGreaterThanOrEqual(0);
      // A day of the change of hour is one longer.
      expect(ago, now.toISO()!).toBeLessThanOrEqual(25);
    }
  });
});
