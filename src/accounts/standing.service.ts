import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { text } from '../database/rows.js';
import { Conflict, NotAllowed, NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import type { Actor, Role } from './actor.js';
import { Audit } from './audit.service.js';
import { mayRunPeople } from './people.policy.js';
import { User } from './user.entity.js';

/** What an admin decides about other people: their role, and whether they may come in at all. */
@Injectable()
export class Standing {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Conflict for oneself (so that there is always an admin left), and between the agency and a client:
   * who changes sides gets a new account
   */
  giveRole(actor: Actor, userId: string, role: Role): Promise<void> {
    return this.database.write((tx) => this.giveRoleIn(tx, actor, userId, role));
  }

  /** The same, in a transaction that decides more about the person. */
  async giveRoleIn(tx: Tx, actor: Actor, userId: string, role: Role): Promise<void> {
    const user = await this.theOther(tx, actor, userId);
    if ((user.role === 'client') !== (role === 'client')) throw new Conflict('accounts.otherSide');
    if (user.role === role) return;
    await tx.run(sql`UPDATE app_user SET role = ${role} WHERE id = ${userId}`);
    await this.record(tx, actor, userId, 'user.role', { from: user.role, to: role });
  }

  /** Signs the person out everywhere at once; their tokens stop working too. Twice is the same as once. */
  disable(actor: Actor, userId: string): Promise<void> {
    return this.change(actor, userId, async (tx, user) => {
      if (user.disabledAt !== null) return;
      await tx.run(sql`UPDATE app_user SET disabled_at = ${this.clock.now()} WHERE id = ${userId}`);
      await tx.run(sql`DELETE FROM session WHERE user_id = ${userId}`);
      await this.record(tx, actor, userId, 'user.disabled');
    });
  }

  enable(actor: Actor, userId: string): Promise<void> {
    return this.change(actor, userId, async (tx, user) => {
      if (user.disabledAt === null) return;
      await tx.run(sql`UPDATE app_user SET disabled_at = NULL WHERE id = ${userId}`);
      await this.record(tx, actor, userId, 'user.enabled');
    });
  }

  private change(actor: Actor, userId: string, act: (tx: Tx, user: User) => Promise<void>): Promise<void> {
    return this.database.write(async (tx) => act(tx, await this.theOther(tx, actor, userId)));
  }

  /** The person decided about, by an admin who is still one, and never about oneself. */
  private async theOther(tx: Tx, actor: Actor, userId: string): Promise<User> {
    if (!mayRunPeople(actor)) throw new NotAllowed('accounts.adminsOnly');
    await this.holdAdmins(tx, actor);
    const user = isId(userId) ? await tx.entities.findOneBy(User, { id: userId }) : null;
    if (user === null) throw new NotFound();
    if (userId === actor.userId) throw new Conflict('accounts.notYourself');
    return user;
  }

  /** Of two admins who put each other out at the same moment, one stays: the second act is no admin's any more. */
  private async holdAdmins(tx: Tx, actor: Actor): Promise<void> {
    const admins = await tx.rows(
      sql`SELECT id FROM app_user WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id${tx.dialect.forUpdate}`,
      { id: text },
    );
    if (actor.userId !== '' && !admins.some(({ id }) => id === actor.userId))
      throw new NotAllowed('accounts.adminsOnly');
  }

  private record(
    tx: Tx,
    actor: Actor,
    subjectId: string,
    act: string,
    details?: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(tx, actor, {
      act,
      subjectType: 'user',
      subjectId,
      ...(details ? { details } : {}),
    });
  }
}
