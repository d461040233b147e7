import { Injectable } from '@nestjs/common';
import sql, { empty, type Sql } from 'sql-template-tag';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { customColumns } from './custom-columns.queries.js';
import { messageContext, noticeFor } from './message-context.queries.js';
import { mergeValuesOf } from './merge-values.js';
import { type Message, type MessageText, readMessage, renderMessage } from './message.js';
import type { NoticeGap } from './notice-block.js';
import { type Person, personsOf } from './person.queries.js';

export interface Preview {
  person: Person;
  messages: Message[];
}

/** The texts to try, and on whom: somebody likely when nobody is named. */
export interface PreviewWish {
  texts: readonly MessageText[];
  prospectId?: string | undefined;
  /** Language of the messages; the client's unless said. */
  locale?: string | undefined;
  /** The notice of a version that was submitted. */
  notice?: string | null;
  /** People of this list come first. */
  listId?: string | undefined;
}

/** People whose texts are counted at a time. */
export const mostCovered = 2000;

/** How a list's people stand to a set of texts. */
export interface Coverage {
  people: number;
  /** Nobody of them misses anything for any text. */
  whole: number;
  /** Field → how many of them lack it where a text needs it. */
  missing: { field: string; people: number }[];
}

/** Texts as one real prospect would read them. */
@Injectable()
export class Previews {
  constructor(private readonly database: Database) {}

  /** @throws NotFound for a prospect out of sight; null when the client has no prospect yet and none is named */
  render(actor: Actor, clientId: string, wish: PreviewWish): Promise<Preview | null> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      const id = wish.prospectId ?? (await likeliest(db, clientId, wish.listId, 1))[0]?.id;
      if (id === undefined) return null;
      const [person] = await personsOf(db, clientId, [id]);
      if (!person) throw new NotFound();
      const { locale = client.locale, notice = null } = wish;
      const context = await messageContext(db, client, { locale, notice });
      const values = mergeValuesOf(person, { ...context, senderName: actor.name });
      return { person, messages: wish.texts.map((one) => renderMessage(readMessage(one), values)) };
    });
  }

  /** People to try a text on: the likeliest to be written to first. */
  samples(
    actor: Actor,
    clientId: string,
    { listId, limit = 20 }: { listId?: string | undefined; limit?: number } = {},
  ): Promise<{ id: string; fullName: string }[]> {
    if (!seesClient(actor, clientId)) throw new NotFound();
    return this.database.read((db) => likeliest(db, clientId, listId, limit));
  }

  /** How many people of a list (of the client, when none is named) miss which field of these texts. */
  coverage(actor: Actor, clientId: string, wish: PreviewWish): Promise<Coverage> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      const { locale = client.locale, notice = null } = wish;
      const context = { ...(await messageContext(db, client, { locale, notice })), senderName: actor.name };
      const chosen = await likeliest(db, clientId, wish.listId, mostCovered);
      const messages = wish.texts.map(readMessage);
      const missing = new Map<string, number>();
      let whole = 0;
      for (const person of await personsOf(
        db,
        clientId,
        chosen.map(({ id }) => id),
      )) {
        const values = mergeValuesOf(person, context);
        const holes = new Set(messages.flatMap((message) => renderMessage(message, values).missing));
        if (holes.size === 0) whole += 1;
        for (const field of holes) missing.set(field, (missing.get(field) ?? 0) + 1);
      }
      const lines = [...missing].map(([field, people]) => ({ field, people }));
      return {
        people: chosen.length,
        whole,
        missing: lines.sort((one, other) => other.people - one.people),
      };
    });
  }

  /** What the client's record lacks for the notice, in the language of the messages. */
  noticeGaps(actor: Actor, clientId: string, locale: string): Promise<NoticeGap[]> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      return (await noticeFor(db, client, locale)).gaps;
    });
  }

  /** Columns the client's files brought, from its likeliest prospects; what a message may name as `custom.…`. */
  async customFields(actor: Actor, clientId: string): Promise<string[]> {
    if (!seesClient(actor, clientId)) throw new NotFound();
    return this.database.read((db) => customColumns(db, clientId));
  }
}

function likeliest(
  db: Db,
  clientId: string,
  listId: string | undefined,
  limit: number,
): Promise<{ id: string; fullName: string }[]> {
  return db.rows(
    sql`SELECT p.id, p.full_name FROM prospect p WHERE p.client_id = ${clientId} ${inList(clientId, listId)}
        ORDER BY p.fit_score DESC NULLS LAST, p.id DESC LIMIT ${limit}`,
    { id: text, fullName: text },
  );
}

function inList(clientId: string, listId: string | undefined): Sql {
  if (!listId) return empty;
  return sql`AND EXISTS (SELECT 1 FROM list_member m JOIN list l ON l.id = m.list_id
    WHERE m.prospect_id = p.id AND l.id = ${listId} AND l.client_id = ${clientId})`;
}
