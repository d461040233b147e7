import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { maybe, text, word, type RowOf } from '../database/rows.js';
import type { Actor, Locale, Role } from './actor.js';
import { hashOf } from './secret-token.js';

const PERSON = {
  userId: text,
  name: text,
  role: word<Role>(),
  ownClientId: maybe(text),
  onlyClientId: maybe(text),
  locale: word<Locale>(),
  theme: maybe(word<'light' | 'dark'>()),
  sessionId: maybe(text),
};

type Person = RowOf<typeof PERSON>;

/** Turns a cookie or a token into the actor it stands for. On the path of every request: two indexed look-ups. */
@Injectable()
export class AccessQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Null for a session that is unknown, over, or of a disabled person. */
  actorOfSession(token: string): Promise<Actor | null> {
    return this.actorWhere(sql`
      SELECT u.id user_id, u.name, u.role, u.client_id own_client_id, NULL only_client_id, ${language} locale, u.theme, s.id session_id
      FROM session s JOIN app_user u ON u.id = s.user_id
      WHERE s.token_hash = ${hashOf(token)} AND s.expires_at > ${this.clock.now()} AND u.disabled_at IS NULL`);
  }

  /** Null for a token that is unknown, revoked, or of a disabled person. */
  actorOfToken(token: string): Promise<Actor | null> {
    return this.actorWhere(sql`
      SELECT u.id user_id, u.name, u.role, u.client_id own_client_id, t.client_id only_client_id, ${language} locale, u.theme, NULL session_id
      FROM api_token t JOIN app_user u ON u.id = t.user_id
      WHERE t.token_hash = ${hashOf(token)} AND t.revoked_at IS NULL AND u.disabled_at IS NULL`);
  }

  /** The actor a person is, for commands and seeds; null when unknown or disabled. */
  actorOfUser(userId: string): Promise<Actor | null> {
    return this.actorWhere(sql`
      SELECT u.id user_id, u.name, u.role, u.client_id own_client_id, NULL only_client_id, ${language} locale, u.theme, NULL session_id
      FROM app_user u WHERE u.id = ${userId} AND u.disabled_at IS NULL`);
  }

  private actorWhere(query: Sql): Promise<Actor | null> {
    return this.database.read(async (db) => {
      const person = await db.row(query, PERSON);
      if (person === null) return null;
      const { userId, name, role, locale, theme, sessionId } = person;
      const isLimited = person.onlyClientId !== null;
      const clients = await this.clientsOf(db, person);
      return { userId, name, role, locale, theme, sessionId, clients, ...(isLimited ? { isLimited } : {}) };
    });
  }

  private async clientsOf(db: Db, person: Person): Promise<Actor['clients']> {
    const all = await this.allClientsOf(db, person);
    const only = person.onlyClientId;
    if (only === null) return all;
    return all === 'all' || all.includes(only) ? [only] : [];
  }

  private async allClientsOf(db: Db, person: Person): Promise<Actor['clients']> {
    if (person.role === 'admin') return 'all';
    if (person.role === 'client') return person.ownClientId === null ? [] : [person.ownClientId];
    const rows = await db.rows(sql`SELECT client_id FROM client_access WHERE user_id = ${person.userId}`, {
      clientId: text,
    });
    return rows.map((row) => row.clientId);
  }
}

const language = sql`COALESCE(u.locale, (SELECT a.locale FROM agency a LIMIT 1), 'fr')`;
