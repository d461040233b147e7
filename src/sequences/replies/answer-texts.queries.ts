import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { Database } from '../../database/database.js';
import { AnswerTemplates } from '../../outreach/outgoing/answer-templates.service.js';
import { mergeValuesOf } from '../writing/merge-values.js';
import { readMessage, renderMessage } from '../writing/message.js';
import { personsOf } from '../writing/person.queries.js';

/** A ready answer, filled for one person. */
export interface AnswerDraft {
  id: string;
  name: string;
  text: string;
}

/** Ready answers as one person would read them; one that lacks a field for them is left out. */
@Injectable()
export class AnswerTexts {
  constructor(
    private readonly database: Database,
    private readonly templates: AnswerTemplates,
  ) {}

  /** Those in the client's language first. */
  async of(actor: Actor, { id, clientId }: { id: string; clientId: string }): Promise<AnswerDraft[]> {
    const templates = await this.templates.list(actor);
    if (templates.length === 0) return [];
    return this.database.read(async (db) => {
      const [person] = await personsOf(db, clientId, [id]);
      const client = await db.entities.findOneBy(Client, { id: clientId });
      if (!person || !client) return [];
      const ranked = [...templates].sort(
        (one, other) => Number(other.locale === client.locale) - Number(one.locale === client.locale),
      );
      return ranked.flatMap(({ id: templateId, name, locale, body }) => {
        const context = { clientName: client.name, locale, notice: null, senderName: actor.name };
        const { body: text, missing } = renderMessage(readMessage({ body }), mergeValuesOf(person, context));
        return missing.length > 0 || text.text === null ? [] : [{ id: templateId, name, text: text.text }];
      });
    });
  }
}
