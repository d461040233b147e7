import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { MailThreads, type ThreadMailLine } from '../../outreach/incoming/mail-threads.queries.js';
import { type AnswerDraft, AnswerTexts } from '../../sequences/replies/answer-texts.queries.js';

/** The conversation with a person by mail, and what one might answer. */
@Injectable()
export class PanelMails {
  constructor(
    private readonly threads: MailThreads,
    private readonly texts: AnswerTexts,
  ) {}

  async of(
    actor: Actor,
    person: { id: string; clientId: string },
  ): Promise<{ thread: ThreadMailLine[]; answers: AnswerDraft[] }> {
    const thread = await this.threads.of(actor, person.id);
    const isAnswerable = thread.some(({ isOurs }) => !isOurs);
    return { thread, answers: isAnswerable ? await this.texts.of(actor, person) : [] };
  }
}
