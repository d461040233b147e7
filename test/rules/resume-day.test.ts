import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saysHasLeft } from '../../src/outreach/incoming/left-company.js';
import { resumeAt } from '../../src/sequences/replies/resume-day.js';
import { isInWindow } from '../../src/sequences/engine/send-window.js';

const paris = { zone: 'Europe/Paris', country: 'FR' };
const now = new Date('2027-01-12T09:00:00Z');
const dayIn = (at: Date) => at.toLocaleDateString('sv', { timeZone: 'Europe/Paris' });

describe('going on with somebody who was away', () => {
  it('is one to three business days after the day they are back, while the window is open', () => {
    // Back on Monday 18 January: Tuesday, Wednesday or Thursday, never the Monday itself.
    fc.assert(
      fc.property(fc.uuid(), (key) => {
        const at = resumeAt('2027-01-18', now, paris, key);
        expect(['2027-01-19', '2027-01-20', '2027-01-21']).toContain(dayIn(at));
        expect(isInWindow(at, paris)).toBe(true);
        expect(resumeAt('2027-01-18', now, paris, key)).toEqual(at);
      }),
    );
  });

  it('does not fall on a holiday: back before All Saints 2027, and never on Monday 1 November', () => {
    fc.assert(
      fc.property(fc.uuid(), (key) => {
        // Back on Friday 29 October; Monday 1 November is off: Tuesday, Wednesday or Thursday.
        const at = resumeAt('2027-10-29', new Date('2027-10-20T09:00:00Z'), paris, key);
        expect(['2027-11-02', '2027-11-03', '2027-11-04']).toContain(dayIn(at));
      }),
    );
  });

  it('is five business days from now when the note does not say, or names a day gone by', () => {
    // Tuesday 12 January and five business days: Tuesday 19.
    expect(dayIn(resumeAt(null, now, paris, 'a'))).toBe('2027-01-19');
    expect(dayIn(resumeAt('2026-12-24', now, paris, 'a'))).toBe('2027-01-19');
  });
});

describe('an automatic reply that says somebody has left', () => {
  it.each([
    'Je ne fais plus partie de la société depuis le 1er mars.',
    'Mme Roux n’est plus en poste. Merci d’écrire à contact@roux.example.',
    'M. Dupont a quitté l’entreprise.',
    'Jane Doe no longer works here.',
    'I have left the company; please contact Sam.',
    'Frau Weber ist nicht mehr im Unternehmen.',
    'Ya no trabaja en esta empresa.',
    'Non lavora più in azienda.',
    'Jan is niet meer werkzaam bij ons.',
  ])('%s', (words) => {
    expect(saysHasLeft(words)).toBe(true);
  });

  it.each([
    'Je suis absent jusqu’au 18 janvier et n’ai pas accès à mes mails.',
    'I am out of the office and will have left my phone at home.',
    'Ich bin bis zum 18. Januar nicht im Büro.',
    'J’ai quitté le bureau pour la semaine.',
  ])('but not: %s', (words) => {
    expect(saysHasLeft(words)).toBe(false);
  });
});
