import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { maybe, text } from '../database/rows.js';
import { InvalidInput } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import { type Actor, SYSTEM } from './actor.js';
import { Audit } from './audit.service.js';
import { Passwords } from './password.service.js';
import { hashOf, newSecret } from './secret-token.js';

/** A session lasts this long from sign-in. */
export const SESSION_DAYS = 14;

/** Signing in and out of a browser. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the session cookie's value.
   * @throws InvalidInput with one and the same problem, whether the person or the password is unknown
   */
  async signIn(email: string, password: string, origin: string): Promise<string> {
    const person = await this.database.read((db) =>
      db.row(
        sql`SELECT id, password_hash FROM app_user WHERE email = ${email.trim().toLowerCase()} AND disabled_at IS NULL`,
        {
          id: text,
          passwordHash: maybe(text),
        },
      ),
    );
    const isRight = await this.passwords.isRight(password, person?.passwordHash ?? null);
    if (person === null || !isRight) throw new InvalidInput({ password: 'wrongPassword' }, 'wrongPassword');
    return this.database.write(async (tx) => {
      const token = await this.openSession(tx, person.id);
      await this.audit.record(
        tx,
        { ...SYSTEM, userId: person.id },
        { act: 'user.signed_in', subjectType: 'user', subjectId: person.id, origin },
      );
      return token;
    });
  }

  /** A new session, never one that existed before the person proved who they are. */
  async openSession(tx: Tx, userId: string): Promise<string> {
    const token = newSecret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000);
    await tx.run(sql`DELETE FROM session WHERE user_id = ${userId} AND expires_at < ${now}`);
    await tx.run(sql`
      INSERT INTO session (id, token_hash, user_id, created_at, expires_at)
      VALUES (${newId()}, ${hashOf(token)}, ${userId}, ${now}, ${expiresAt})`);
    return token;
  }

  async signOut(actor: Actor): Promise<void> {
    await this.database.write((tx) => tx.run(sql`DELETE FROM session WHERE id = ${actor.sessionId}`));
  }

  async signOutEverywhere(actor: Actor): Promise<void> {
    await this.database.write(async (tx) => {
      await tx.run(sql`DELETE FROM session WHERE user_id = ${actor.userId}`);
      await this.audit.record(tx, actor, {
        act: 'user.signed_out_everywhere',
        subjectType: 'user',
        subjectId: actor.userId,
      });
    });
  }
}
