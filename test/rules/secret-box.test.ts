import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotOpen, SecretBox } from '../../src/config/secret-box.js';

const box = new SecretBox('k'.repeat(64));

describe('what is sealed', () => {
  it('opens with the same key in the same place, and reads as nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (secret, place) => {
        const sealed = box.seal(secret, place);
        expect(box.open(sealed, place)).toBe(secret);
        if (secret.length > 8) expect(sealed).not.toContain(secret);
      }),
    );
  });

  it('is another text each time', () => {
    expect(box.seal('secret', 'a')).not.toBe(box.seal('secret', 'a'));
  });

  it('opens in no other place', () => {
    expect(() => box.open(box.seal('secret', 'mailbox 1'), 'mailbox 2')).toThrow(CannotOpen);
  });

  it('tells another key from a damaged text', () => {
    const sealed = box.seal('secret', 'a');
    const opened = (text: string, key = box): unknown => {
      try {
        return key.open(text, 'a');
      } catch (error) {
        return (error as CannotOpen).isOtherKey;
      }
    };
    expect(opened(sealed, new SecretBox('other key '.repeat(5)))).toBe(true);
    expect(opened(`${sealed.slice(0, -3)}AAA`)).toBe(false);
    expect(opened('v9.x.y.z')).toBe(false);
    expect(opened('')).toBe(false);
  });
});
