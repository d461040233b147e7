import { describe, expect, it } from 'vitest';
import { formatsIn } from '../../src/web/rendering/formats.js';

describe('a name and what it says', () => {
  it('are parted by a colon as each language writes it', () => {
    expect(formatsIn('fr').pair('E-mail', 'jeanne@acme.fr')).toBe('E-mail\u00a0: jeanne@acme.fr');
    expect(formatsIn('en').pair('Email', 'jeanne@acme.fr')).toBe('Email: jeanne@acme.fr');
  });
});
