import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { isUniqueViolation } from '../database/dialect.js';
import { integer, text } from '../database/rows.js';
import { normaliseEmail } from '../shared/email-address.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { isId, newId } from '../shared/id.js';
import { type Actor, isManager, type Locale, type Role, seesClient, SYSTEM } from './actor.js';
import { Agency } from './agency.entity.js';
import { Audit } from './audit.service.js';
import { Invitation } from './invitation.entity.js';
import { Passwords } from './password.service.js';
import { mayInvite } from './people.policy.js';
import { hashOf, newSecret } from './secret-token.js';
import { SignIn } from './sign-in.service.js';
import { User } from './user.entity.js';

const INVITATION_DAYS = 7;

/** There is one agency: of two who found it at the same moment, its key lets one in. */
const AGENCY_ID = '00000000-0000-7000-8000-000000000001';

export interface FoundingInput {
  agencyName: string;
  name: string;
  email: string;
  password: string;
  locale: Locale;
  timeZone?: string;
}

export interface InvitationInput {
  email: string;
  name: string;
  role: Role;
  /** Required for role `client`: the client this person belongs to. */
  clientId?: string | null;
  locale?: Locale | null;
}

/** The agency's founding, its people, and their way in. */
@Injectable()
export class People {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly signIn: SignIn,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  isFounded(): Promise<boolean> {
    return this.database.read(async (db) => {
      const count = await db.row(sql`SELECT COUNT(*) n FROM agency`, { n: integer });
      return (count?.n ?? 0) > 0;
    });
  }

  /**
   * First run: the agency and its first admin. Gives the id of the admin and the value of a session cookie.
   * @throws Conflict when an agency exists already
   */
  async found(input: FoundingInput): Promise<{ userId: string; sessionToken: string }> {
    const passwordHash = await this.passwords.hashNew(input.password);
    return this.database.write(async (tx) => {
      if ((await tx.entities.count(Agency)) > 0) throw new Conflict('alreadyFounded');
      const founded = await tx.run(sql`INSERT INTO agency (id, name, locale, time_zone, created_at)
        VALUES (${AGENCY_ID}, ${input.agencyName}, ${input.locale}, ${input.timeZone ?? 'Europe/Paris'}, ${this.clock.now()})
        ON CONFLICT DO NOTHING`);
      if (founded === 0) throw new Conflict('alreadyFounded');
      const user = await this.add(tx, { ...input, role: 'admin' }, passwordHash);
      await this.audit.record(tx, SYSTEM, { act: 'agency.founded', subjectType: 'user', subjectId: user.id });
      return { userId: user.id, sessionToken: await this.signIn.openSession(tx, user.id) };
    });
  }

  /**
   * Adds a person, who sets a password through the link's secret (valid 7 days, once).
   * @throws NotAllowed; InvalidInput when the address is taken or no address
   */
  async invite(actor: Actor, input: InvitationInput): Promise<{ user: User; secret: string }> {
    if (!mayInvite(actor, input)) throw new NotAllowed('accounts.adminsOnly');
    return this.addressOnce(async (tx) => {
      const user = await this.add(tx, input, null);
      const secret = await this.openInvitation(tx, user.id);
      await this.audit.record(tx, actor, {
        act: 'user.invited',
        subjectType: 'user',
        subjectId: user.id,
        clientId: user.clientId,
        details: { role: user.role },
      });
      return { user, secret };
    });
  }

  /** @throws NotFound when the link is unknown, used or too old; Conflict never: the second of two clicks is NotFound */
  async acceptInvitation(secret: string, password: string): Promise<string> {
    const passwordHash = await this.passwords.hashNew(password);
    return this.database.write(async (tx) => {
      const now = this.clock.now();
      const invitation = await tx.row(
        sql`SELECT id, user_id FROM invitation WHERE token_hash = ${hashOf(secret)} AND used_at IS NULL AND expires_at > ${now}
          AND user_id IN (SELECT u.id FROM app_user u WHERE u.disabled_at IS NULL)${tx.dialect.forUpdate}`,
        { id: text, userId: text },
      );
      if (invitation === null) throw new NotFound('invitationOver');
      await tx.run(sql`UPDATE invitation SET used_at = ${now} WHERE id = ${invitation.id}`);
      await tx.run(sql`UPDATE app_user SET password_hash = ${passwordHash} WHERE id = ${invitation.userId}`);
      await tx.run(sql`DELETE FROM session WHERE user_id = ${invitation.userId}`);
      await this.audit.record(
        tx,
        { ...SYSTEM, userId: invitation.userId },
        {
          act: 'user.set_password',
          subjectType: 'user',
          subjectId: invitation.userId,
        },
      );
      return this.signIn.openSession(tx, invitation.userId);
    });
  }

  /**
   * A new link for somebody who lost the first, or the password; links given before stop working.
   * @throws NotFound for nobody; Conflict for somebody who is disabled
   */
  async renewInvitation(actor: Actor, userId: string): Promise<{ user: User; secret: string }> {
    if (!isManager(actor)) throw new NotAllowed('accounts.adminsOnly');
    return this.database.write(async (tx) => {
      const user = isId(userId) ? await tx.entities.findOneBy(User, { id: userId }) : null;
      const isHidden = user?.role === 'client' && !seesClient(actor, user.clientId ?? '');
      if (user === null || isHidden) throw new NotFound();
      if (!mayInvite(actor, user)) throw new NotAllowed('accounts.adminsOnly');
      if (user.disabledAt !== null) throw new Conflict('accounts.disabled');
      await tx.run(
        sql`UPDATE invitation SET used_at = ${this.clock.now()} WHERE user_id = ${userId} AND used_at IS NULL`,
      );
      const secret = await this.openInvitation(tx, userId);
      await this.audit.record(tx, actor, {
        act: 'user.invited_again',
        subjectType: 'user',
        subjectId: userId,
      });
      return { user, secret };
    });
  }

  /** Two invitations of one moment do not see each other: the index does. */
  private async addressOnce<T>(act: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.database.write(act);
    } catch (error) {
      if (isUniqueViolation(error)) throw new InvalidInput({ email: 'emailTaken' });
      throw error;
    }
  }

  private async openInvitation(tx: Tx, userId: string): Promise<string> {
    const secret = newSecret();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + INVITATION_DAYS * 86_400_000);
    await tx.entities.insert(Invitation, {
      id: newId(),
      tokenHash: hashOf(secret),
      userId,
      createdAt,
      expiresAt,
    });
    return secret;
  }

  private async add(tx: Tx, input: InvitationInput, passwordHash: string | null): Promise<User> {
    const email = normaliseEmail(input.email);
    if (email === null) throw new InvalidInput({ email: 'isEmail' });
    if (await tx.entities.existsBy(User, { email })) throw new InvalidInput({ email: 'emailTaken' });
    const isClient = input.role === 'client';
    if (isClient && !input.clientId) throw new InvalidInput({ clientId: 'isNotEmpty' });
    const user = tx.entities.create(User, {
      id: newId(),
      email,
      name: input.name,
      role: input.role,
      clientId: isClient ? (input.clientId ?? null) : null,
      passwordHash,
      locale: input.locale ?? null,
      theme: null,
      createdAt: this.clock.now(),
      disabledAt: null,
    });
    await tx.entities.insert(User, user);
    return user;
  }
}
