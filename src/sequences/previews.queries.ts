import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, seesClient } from '../accounts/actor.js';
import { loadClient } from '../clients/clients.queries.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { json, text } from '../database/rows.js';
import { NotFound } from '../shared/errors.js';
import { mergeValuesOf } from './merge-values.js';
import { type Message, type MessageText, readMessage, renderMessage } from './message.js';
import { type Person, personsOf } from './person.queries.js';

export interface Preview {
  person: Person;
  messages: Message[];
}

/** Texts as one real prospect would read them. */
@Injectable()
export class Previews {
  constructor(private readonly database: Database) {}

  /** @throws NotFound for a prospect out of sight; null when the client has no prospect yet and none is named */
  render(
    actor: Actor,
    clientId: string,
    texts: readonly MessageText[],
    prospectId?: string,
  ): Promise<Preview | null> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      const id = prospectId ?? (await this.anyone(db, clientId));
      if (id === null) return null;
      const [person] = await personsOf(db, clientId, [id]);
      if (!person) throw new NotFound();
      const values = mergeValuesOf(person, {
        senderName: actor.name,
        clientName: client.name,
        locale: client.locale,
      });
      return { person, messages: texts.map((one) => renderMessage(readMessage(one), values)) };
    });
  }

  /** People to try a text on: the likeliest to be written to first. */
  samples(actor: Actor, clientId: string, limit = 20): Promise<{ id: string; fullName: string }[]> {
    if (!seesClient(actor, clientId)) throw new NotFound();
    return this.database.read((db) =>
      db.rows(
        sql`SELECT id, full_name FROM prospect WHERE client_id = ${clientId}
            ORDER BY fit_score DESC NULLS LAST, id DESC LIMIT ${limit}`,
        { id: text, fullName: text },
      ),
    );
  }

  /** Columns the client's files brought, from its likeliest prospects; what a message may name as `custom.…`. */
  async customFields(actor: Actor, clientId: string): Promise<string[]> {
    if (!seesClient(actor, clientId)) throw new NotFound();
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT custom FROM prospect WHERE client_id = ${clientId} AND custom IS NOT NULL ORDER BY id DESC LIMIT 50`,
        { custom: json<Record<string, string>>() },
      ),
    );
    return [...new Set(rows.flatMap(({ custom }) => Object.keys(custom)))].sort().slice(0, 30);
  }

  private async anyone(db: Db, clientId: string): Promise<string | null> {
    const found = await db.row(
      sql`SELECT id FROM prospect WHERE client_id = ${clientId} ORDER BY fit_score DESC NULLS LAST, id DESC LIMIT 1`,
      { id: text },
    );
    return found?.id ?? null;
  }
}
