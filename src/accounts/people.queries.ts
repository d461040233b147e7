import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Database } from '../database/database.js';
import { flag, instant, maybe, text, word, type RowOf } from '../database/rows.js';
import { NotAllowed, NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import type { Actor, Locale, Role } from './actor.js';
import { mayRunPeople } from './people.policy.js';

const PERSON = {
  id: text,
  name: text,
  email: text,
  role: word<Role>(),
  /** The one client of a client's person. */
  clientId: maybe(text),
  locale: maybe(word<Locale>()),
  hasPassword: flag,
  createdAt: instant,
  disabledAt: maybe(instant),
};

export type Person = RowOf<typeof PERSON> & {
  /** Clients they work for; for a client's person, their own. */
  clientIds: string[];
};

/** Who may sign in. */
@Injectable()
export class PeopleQueries {
  constructor(private readonly database: Database) {}

  /** The agency's people first, then the clients', each by name. @throws NotAllowed unless for an admin */
  list(actor: Actor): Promise<Person[]> {
    return this.people(actor, sql`1 = 1`);
  }

  /** @throws NotFound for nobody */
  async get(actor: Actor, id: string): Promise<Person> {
    const [person] = isId(id) ? await this.people(actor, sql`u.id = ${id}`) : [];
    if (person === undefined) throw new NotFound();
    return person;
  }

  private people(actor: Actor, where: Sql): Promise<Person[]> {
    return this.database.read(async (db) => {
      if (!mayRunPeople(actor)) throw new NotAllowed('accounts.adminsOnly');
      const people = await db.rows(
        sql`SELECT u.id, u.name, u.email, u.role, u.client_id, u.locale, u.password_hash IS NOT NULL has_password, u.created_at, u.disabled_at
          FROM app_user u WHERE ${where}
          ORDER BY CASE WHEN u.role = 'client' THEN 1 ELSE 0 END, LOWER(u.name), u.id`,
        PERSON,
      );
      const work = await db.rows(sql`SELECT user_id, client_id FROM client_access`, {
        userId: text,
        clientId: text,
      });
      return people.map((person) => ({
        ...person,
        clientIds:
          person.clientId !== null
            ? [person.clientId]
            : work.filter((one) => one.userId === person.id).map((one) => one.clientId),
      }));
    });
  }
}
