import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { InvalidInput } from '../shared/errors.js';

/** Shortest password taken: long enough, and no rules about signs that only make people write it down. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;

/** argon2id with the parameters OWASP asks for (19 MiB, two passes). */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

@Injectable()
export class Passwords {
  private readonly nobody = this.hash('nobody signs in with this password');

  /** @throws InvalidInput when the password is too short or too long */
  async hashNew(password: string, field = 'password'): Promise<string> {
    if (password.length < PASSWORD_LENGTH.least) {
      throw new InvalidInput({
        [field]: { code: 'passwordTooShort', params: { least: PASSWORD_LENGTH.least } },
      });
    }
    if (password.length > PASSWORD_LENGTH.most) throw new InvalidInput({ [field]: 'tooLong' });
    return this.hash(password);
  }

  /** Takes as long for an unknown person as for a known one, so that time does not tell who has an account. */
  async isRight(password: string, stored: string | null): Promise<boolean> {
    const isEqual = await verify(stored ?? (await this.nobody), password.slice(0, PASSWORD_LENGTH.most));
    return stored !== null && isEqual;
  }

  private hash(password: string): Promise<string> {
    return hash(password, PARAMETERS);
  }
}
