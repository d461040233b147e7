import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor, Role } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { User } from '../accounts/user.entity.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db, Tx } from '../database/db.js';
import { flag, text, word, type RowOf } from '../database/rows.js';
import { InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { mayEditClients } from './clients.policy.js';
import { loadClient } from './clients.queries.js';

const MEMBER = { userId: text, name: text, email: text, role: word<Role>(), isDisabled: flag };
export type Member = RowOf<typeof MEMBER>;

/** The people of the agency who work for a client. Admins see every client without being on its team. */
@Injectable()
export class ClientTeam {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor, clientId: string): Promise<Member[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return membersOf(db, clientId);
    });
  }

  /** The agency's people who could still be assigned. */
  candidates(actor: Actor, clientId: string): Promise<Member[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return db.rows(
        sql`SELECT id user_id, name, email, role, 1 = 0 is_disabled FROM app_user
          WHERE role <> 'client' AND disabled_at IS NULL
            AND id NOT IN (SELECT user_id FROM client_access WHERE client_id = ${clientId})
          ORDER BY LOWER(name), id`,
        MEMBER,
      );
    });
  }

  /** The client's own people who sign in to the portal. */
  portalUsers(actor: Actor, clientId: string): Promise<Member[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return db.rows(
        sql`SELECT id user_id, name, email, role, disabled_at IS NOT NULL is_disabled FROM app_user
          WHERE role = 'client' AND client_id = ${clientId} ORDER BY LOWER(name), id`,
        MEMBER,
      );
    });
  }

  /** Twice is the same as once. @throws InvalidInput for a person who is not of the agency */
  assign(actor: Actor, clientId: string, userId: string): Promise<void> {
    return this.database.write((tx) => this.assignIn(tx, actor, clientId, userId));
  }

  /** The same, in a transaction that decides more about the person. */
  async assignIn(tx: Tx, actor: Actor, clientId: string, userId: string): Promise<void> {
    await this.requireEditor(tx, actor, clientId);
    const user = await tx.entities.findOneBy(User, { id: userId });
    if (!user || user.role === 'client' || user.disabledAt !== null)
      throw new InvalidInput({ userId: 'noSuchPerson' });
    await this.join(tx, actor, clientId, userId);
  }

  unassign(actor: Actor, clientId: string, userId: string): Promise<void> {
    return this.database.write((tx) => this.unassignIn(tx, actor, clientId, userId));
  }

  async unassignIn(tx: Tx, actor: Actor, clientId: string, userId: string): Promise<void> {
    await this.requireEditor(tx, actor, clientId);
    if (!isId(userId)) throw new NotFound();
    const left = await tx.run(
      sql`DELETE FROM client_access WHERE client_id = ${clientId} AND user_id = ${userId}`,
    );
    if (left > 0) await this.record(tx, actor, clientId, userId, 'client.unassigned');
  }

  private async requireEditor(tx: Tx, actor: Actor, clientId: string): Promise<void> {
    await loadClient(tx, actor, clientId);
    if (!mayEditClients(actor)) throw new NotAllowed('managersOnly');
  }

  /** Whoever opens a client works for it; an admin needs no such entry, and the system is nobody. */
  async joinOpened(tx: Tx, actor: Actor, clientId: string): Promise<void> {
    if (actor.userId !== '' && actor.role !== 'admin') await this.join(tx, actor, clientId, actor.userId);
  }

  private async join(tx: Tx, actor: Actor, clientId: string, userId: string): Promise<void> {
    const joined = await tx.run(sql`INSERT INTO client_access (client_id, user_id, created_at)
      VALUES (${clientId}, ${userId}, ${this.clock.now()}) ON CONFLICT DO NOTHING`);
    if (joined > 0) await this.record(tx, actor, clientId, userId, 'client.assigned');
  }

  private record(tx: Tx, actor: Actor, clientId: string, userId: string, act: string): Promise<void> {
    return this.audit.record(tx, actor, { act, subjectType: 'user', subjectId: userId, clientId });
  }
}

/** The team, managers first. */
export function membersOf(db: Db, clientId: string): Promise<Member[]> {
  return db.rows(
    sql`SELECT u.id user_id, u.name, u.email, u.role, u.disabled_at IS NOT NULL is_disabled
      FROM client_access a JOIN app_user u ON u.id = a.user_id
      WHERE a.client_id = ${clientId}
      ORDER BY CASE u.role WHEN 'admin' THEN 0 WHEN 'manager' THEN 1 ELSE 2 END, LOWER(u.name), u.id`,
    MEMBER,
  );
}
