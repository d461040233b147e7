import { describe, expect, it } from 'vitest';
import { formatsIn } from '../../src/web/rendering/formats.js';

describe('a name and what it says', () => {
  it('are parted by a colon as each language writes it', () => {
    expect(formatsIn('fr').pair('E-mail', 'jeanne@acme.fr')).toBe('E-mail\u00a0: jeanne@acme.fr');
    expect(formatsIn('en').pair('Email', 'jeanne@acme.fr')).toBe('Email: jeanne@acme.fr');
  });
});

describe('a moment', () => {
  const noon = new Date('2027-01-11T12:00:00Z');

  it.each([
    ['Europe/Paris', '13:00'],
    // As files once brought them: a page with such a person is a page all the same.
    ['UTC+3', '12:00'],
    ['Mars/Phobos', '12:00'],
    ['__proto__', '12:00'],
  ])('in the zone %s is %s', (zone, time) => {
    expect(formatsIn('fr').time(noon, zone)).toBe(time);
  });
});
