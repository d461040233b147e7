import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/sequences/variant-verdict.js';
import { rateOf } from '../../src/shared/rates.js';
import { formatsIn } from '../../src/web/rendering/formats.js';
import type { Speech } from '../../src/web/rendering/page.js';
import { Translations } from '../../src/web/rendering/translations.service.js';
import { verdictText } from '../../src/web/sequences/sequence-results.view.js';
import { waitedText } from '../../src/web/today/today-mail.view.js';

const english: Speech = { t: new Translations().in('en'), format: formatsIn('en') };

describe('of two variants', () => {
  const said = (one: [number, number], other: [number, number]) =>
    verdictText(english, verdictOf([rateOf(...one), rateOf(...other)])).replaceAll(/\s/g, ' ');

  it('that nobody answered yet, it is said that they are level, and not that waiting is of no use', () => {
    expect(said([0, 3], [0, 4])).toMatch(
      /^No winner: A and B are level so far, and the interval .* holds zero\.$/,
    );
  });

  it('the one named first is not said to lead when its rate is the lower one', () => {
    // 9 of 100 has a higher lower bound than 1 of 10, and the lower rate.
    expect(said([9, 100], [1, 10])).toMatch(/^No winner: between A and B the difference is −1\.0 %/);
  });
});

describe('how long an answer has waited', () => {
  const waited = (since: string, now: string) =>
    waitedText(english, new Date(since), { zone: 'Europe/Paris', country: 'FR', now: new Date(now) }).text;

  it('is said in the hours of work, on days of work', () => {
    expect(waited('2026-11-20T16:30:00Z', '2026-11-23T08:30:00Z')).toBe('waits 1 business hour');
  });

  it('is no "0 minutes" for a mail of the night', () => {
    expect(waited('2026-11-23T20:00:00Z', '2026-11-23T23:00:00Z')).toBe('came out of hours');
    expect(waited('2026-11-23T10:00:00Z', '2026-11-23T10:00:20Z')).toBe('just now');
  });
});
