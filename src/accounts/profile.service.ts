import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Database } from '../database/database.js';
import { maybe, text } from '../database/rows.js';
import { InvalidInput, NotFound } from '../shared/errors.js';
import type { Actor, Locale } from './actor.js';
import { Audit } from './audit.service.js';
import { Passwords } from './password.service.js';
import { SignIn } from './sign-in.service.js';

export type Theme = 'light' | 'dark';

/** What people set for themselves. */
@Injectable()
export class Profile {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly signIn: SignIn,
    private readonly audit: Audit,
  ) {}

  async emailOf(actor: Actor): Promise<string> {
    const row = await this.database.read((db) =>
      db.row(sql`SELECT email FROM app_user WHERE id = ${actor.userId}`, { email: text }),
    );
    return row?.email ?? '';
  }

  rename(actor: Actor, name: string): Promise<void> {
    return this.set(actor, sql`name = ${name}`, 'name');
  }

  speak(actor: Actor, locale: Locale): Promise<void> {
    return this.set(actor, sql`locale = ${locale}`, 'locale');
  }

  /** Null: as the device says. */
  wear(actor: Actor, theme: Theme | null): Promise<void> {
    return this.set(actor, sql`theme = ${theme}`, 'theme');
  }

  /**
   * Whoever else is signed in as this person is signed out. Gives the value of the new session's cookie.
   * @throws InvalidInput when the current password is wrong or the new one too short
   */
  async changePassword(actor: Actor, current: string, next: string): Promise<string> {
    const kept = await this.database.read((db) =>
      db.row(sql`SELECT password_hash FROM app_user WHERE id = ${actor.userId}`, {
        passwordHash: maybe(text),
      }),
    );
    if (!(await this.passwords.isRight(current, kept?.passwordHash ?? null)))
      throw new InvalidInput({ current: 'accounts.wrongCurrent' });
    const passwordHash = await this.passwords.hashNew(next);
    return this.database.write(async (tx) => {
      await tx.run(sql`UPDATE app_user SET password_hash = ${passwordHash} WHERE id = ${actor.userId}`);
      await tx.run(sql`DELETE FROM session WHERE user_id = ${actor.userId}`);
      const subject = { subjectType: 'user', subjectId: actor.userId };
      await this.audit.record(tx, actor, { act: 'user.set_password', ...subject });
      return this.signIn.openSession(tx, actor.userId);
    });
  }

  /** The trail says which of the three, not what it was or became. */
  private set(actor: Actor, change: Sql, changed: 'name' | 'locale' | 'theme'): Promise<void> {
    return this.database.write(async (tx) => {
      const found = await tx.run(sql`UPDATE app_user SET ${change} WHERE id = ${actor.userId}`);
      if (found === 0) throw new NotFound();
      const subject = { subjectType: 'user', subjectId: actor.userId };
      await this.audit.record(tx, actor, { act: 'user.changed_profile', ...subject, details: { changed } });
    });
  }
}
