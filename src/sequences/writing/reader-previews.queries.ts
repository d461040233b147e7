import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { User } from '../../accounts/user.entity.js';
import { Client } from '../../clients/client.entity.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { messageContext } from './message-context.queries.js';
import { mergeValuesOf } from './merge-values.js';
import { type Message, type MessageText, readMessage, renderMessage } from './message.js';
import { type Person, personsOf } from './person.queries.js';
import { loadForReader } from '../sequence-loading.queries.js';

/** The messages as some people of the client's own lists would read them. */
export interface ReaderPreview {
  person: Person;
  /** Who signs: the one who submitted the messages. */
  senderName: string;
  messages: Message[];
  /** The few people it may be read as. */
  samples: { id: string; fullName: string }[];
}

const SAMPLES = 5;

/** What the client's people read before they approve: never more than a few of their own prospects. */
@Injectable()
export class ReaderPreviews {
  constructor(private readonly database: Database) {}

  /** Null while the client has no prospect. @throws NotFound for a sequence, or a person, that is not theirs to see */
  render(
    actor: Actor,
    sequenceId: string,
    texts: readonly MessageText[],
    prospectId?: string,
  ): Promise<ReaderPreview | null> {
    return this.database.read(async (db) => {
      const { sequence, version } = await loadForReader(db, actor, sequenceId);
      const client = await db.entities.findOneByOrFail(Client, { id: sequence.clientId });
      const samples = await samplesOf(db, client.id);
      const chosen = prospectId === undefined ? samples[0] : samples.find(({ id }) => id === prospectId);
      if (!chosen && prospectId !== undefined) throw new NotFound();
      const [person] = chosen ? await personsOf(db, client.id, [chosen.id]) : [];
      if (!person) return null;
      const signs = version.submittedBy ?? sequence.createdBy;
      const sender = signs === null ? null : await db.entities.findOneBy(User, { id: signs });
      const senderName = sender?.name ?? actor.name;
      const { locale } = sequence;
      const context = await messageContext(db, client, { locale, notice: version.notice });
      const values = mergeValuesOf(person, { ...context, senderName });
      const messages = texts.map((one) => renderMessage(readMessage(one), values));
      return { person, senderName, messages, samples };
    });
  }
}

/** The best fits with a name to greet, so that the messages are read whole. */
function samplesOf(db: Db, clientId: string): Promise<{ id: string; fullName: string }[]> {
  return db.rows(
    sql`SELECT id, full_name FROM prospect WHERE client_id = ${clientId} AND status <> 'do_not_contact'
        ORDER BY CASE WHEN first_name IS NULL THEN 1 ELSE 0 END, fit_score DESC NULLS LAST, id LIMIT ${SAMPLES}`,
    { id: text, fullName: text },
  );
}
