import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { integer, maybe, text } from '../database/rows.js';
import { InvalidInput } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import { SignedOut } from './accounts.events.js';
import { type Actor, SYSTEM } from './actor.js';
import { Audit } from './audit.service.js';
import { Passwords } from './password.service.js';
import { hashOf, newSecret } from './secret-token.js';

/** A session lasts this long from sign-in. */
export const SESSION_DAYS = 14;

/** Failed tries written down within `FAILURE_WINDOW`, from one address and from all: a flood fills no disk. */
const MOST_FAILURES = { ofOrigin: 5, ofAll: 60 } as const;
const FAILURE_WINDOW = 10 * 60_000;

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
    if (person === null || !isRight) {
      await this.database.write((tx) => this.recordFailure(tx, person?.id ?? null, origin));
      throw new InvalidInput({ password: 'wrongPassword' }, 'wrongPassword');
    }
    return this.database.write(async (tx) => {
      await refuseChanged(tx, person);
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

  signOut(actor: Actor): Promise<void> {
    return this.end(actor, sql`id = ${actor.sessionId}`, 'user.signed_out');
  }

  /** Of every browser. */
  signOutEverywhere(actor: Actor): Promise<void> {
    return this.end(actor, sql`user_id = ${actor.userId}`, 'user.signed_out_everywhere');
  }

  private async end(actor: Actor, sessions: Sql, act: string): Promise<void> {
    await this.database.write(async (tx) => {
      await tx.run(sql`DELETE FROM session WHERE ${sessions}`);
      await this.audit.record(tx, actor, { act, subjectType: 'user', subjectId: actor.userId });
      tx.announce(new SignedOut(actor.userId));
    });
  }

  /** Whom it was tried on, when somebody has that address; what was typed is written nowhere. */
  private async recordFailure(tx: Tx, userId: string | null, origin: string): Promise<void> {
    const since = new Date(this.clock.now().getTime() - FAILURE_WINDOW);
    // The act stands in the text itself: only so does the index of failures serve.
    const written = await tx.row(
      sql`SELECT COUNT(*) of_all, COALESCE(SUM(CASE WHEN origin = ${origin} THEN 1 ELSE 0 END), 0) of_origin
        FROM audit_entry WHERE act = 'user.sign_in_failed' AND at > ${since}`,
      { ofAll: integer, ofOrigin: integer },
    );
    const ofOrigin = (written?.ofOrigin ?? 0) + 1;
    if (ofOrigin > MOST_FAILURES.ofOrigin || (written?.ofAll ?? 0) >= MOST_FAILURES.ofAll) return;
    const isLast = ofOrigin === MOST_FAILURES.ofOrigin;
    await this.audit.record(tx, SYSTEM, {
      act: 'user.sign_in_failed',
      subjectType: 'user',
      subjectId: userId,
      ...(isLast ? { details: { silentMinutes: FAILURE_WINDOW / 60_000 } } : {}),
      origin,
    });
  }
}

/** Checking a password takes a moment: whoever changed it meanwhile has ended every session it could open. */
async function refuseChanged(tx: Tx, person: { id: string; passwordHash: string | null }): Promise<void> {
  const same = await tx.row(
    sql`SELECT id FROM app_user WHERE id = ${person.id} AND password_hash = ${person.passwordHash}
      AND disabled_at IS NULL${tx.dialect.forUpdate}`,
    { id: text },
  );
  if (same === null) throw new InvalidInput({ password: 'wrongPassword' }, 'wrongPassword');
}
