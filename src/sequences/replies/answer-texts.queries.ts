import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { AnswerTemplates } from '../../outreach/outgoing/answer-templates.service.js';
import { mergeValuesOf } from '../writing/merge-values.js';
import { readMessage, renderMessage } from '../writing/message.js';
import { personsOf } from '../writing/person.queries.js';

/** A ready answer, filled for one person. */
export interface AnswerDraft {
  id: string;
  name: string;
  /** "FR": a short sign of its language, the same for every reader. */
  language: string;
  text: string;
}

/** Ready answers as one person would read them; one that lacks a field for them is left out. */
@Injectable()
export class AnswerTexts {
  constructor(
    private readonly database: Database,
    private readonly templates: AnswerTemplates,
  ) {}

  /** Those in the language of the sequence that wrote to them last come first; before any, the client's. */
  async of(actor: Actor, { id, clientId }: { id: string; clientId: string }): Promise<AnswerDraft[]> {
    const templates = await this.templates.list(actor);
    if (templates.length === 0) return [];
    return this.database.read(async (db) => {
      const [person] = await personsOf(db, clientId, [id]);
      const client = await db.entities.findOneBy(Client, { id: clientId });
      if (!person || !client) return [];
      const spoken = (await lastWritten(db, id)) ?? client.locale;
      const ranked = [...templates].sort(
        (one, other) => Number(other.locale === spoken) - Number(one.locale === spoken),
      );
      return ranked.flatMap(({ id: templateId, name, locale, body }) => {
        const context = { clientName: client.name, locale, notice: null, senderName: actor.name };
        const { body: written, missing } = renderMessage(
          readMessage({ body }),
          mergeValuesOf(person, context),
        );
        const language = locale.toUpperCase();
        return missing.length > 0 || written.text === null
          ? []
          : [{ id: templateId, name, language, text: written.text }];
      });
    });
  }
}

/** A person has no language of their own here: what they answer is written in that of the sequence. */
async function lastWritten(db: Db, prospectId: string): Promise<string | null> {
  const row = await db.row(
    sql`SELECT s.locale FROM enrolment e JOIN sequence s ON s.id = e.sequence_id
      WHERE e.prospect_id = ${prospectId} ORDER BY e.enrolled_at DESC, e.id DESC LIMIT 1`,
    { locale: text },
  );
  return row?.locale ?? null;
}
