import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

/** What was sealed cannot be read: another `SECRET_KEY`, another place, or not what was written. */
export class CannotOpen extends Error {
  constructor(readonly isOtherKey: boolean) {
    super(isOtherKey ? 'sealed with another SECRET_KEY' : 'the sealed text is not what was written here');
  }
}

/**
 * Seals what must be read again (passwords of mailboxes), where a hash would not do: AES-256-GCM under a key derived
 * from `SECRET_KEY`. The text is `v1.<key name>.<nonce>.<cipher text and tag>`, base64url: the version says how, the key
 * name says whether this installation's key can open it at all, so that a changed key is told from a damaged text.
 */
export class SecretBox {
  private readonly key: Buffer;
  private readonly keyName: string;

  constructor(secretKey: string) {
    this.key = Buffer.from(hkdfSync('sha256', secretKey, '', 'carnet sealed text v1', 32));
    this.keyName = hash('sha256', this.key).slice(0, 8);
  }

  /** `place` binds the text to where it is kept: copied to another row it no longer opens. */
  seal(text: string, place: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return ['v1', this.keyName, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** @throws CannotOpen */
  open(sealed: string, place: string): string {
    const [version, keyName, nonce = '', body = ''] = sealed.split('.');
    if (version !== 'v1' || keyName !== this.keyName)
      throw new CannotOpen(version === 'v1' && keyName !== this.keyName);
    const bytes = Buffer.from(body, 'base64url');
    try {
      const iv = Buffer.from(nonce, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key, iv, { authTagLength: 16 });
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    } catch {
      throw new CannotOpen(false);
    }
  }
}
