import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import sql from 'sql-template-tag';
import { type Actor, SYSTEM } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { isHuman, type MailClass } from '../../mail/mail-class.js';
import { IncomingMail } from '../../outreach/incoming/incoming-mail.entity.js';
import { MailReceived } from '../../outreach/incoming/incoming-mail.events.js';
import { lockMail } from './held-mail.queries.js';
import { ReplyEffects } from './reply-effects.service.js';

const AT_ONCE = 200;

/** What an incoming mail means for the enrolments: each mail is acted on once, whatever crashes in between. */
@Injectable()
export class ReplyConsequences {
  constructor(
    private readonly database: Database,
    private readonly effects: ReplyEffects,
    private readonly clock: Clock,
  ) {}

  /** Heard after commit. A piece of news that is lost is made good by `catchUp`, and each claim reads the facts itself. */
  @OnEvent(MailReceived.named)
  async afterMail(news: MailReceived): Promise<void> {
    await this.act(news.incomingMailId);
  }

  /** Mails nobody acted on yet: a crash came between, or somebody has just found whose they are. */
  async catchUp(): Promise<number> {
    const waiting = await this.database.read((db) =>
      db.rows(
        sql`SELECT id FROM incoming_mail WHERE acted_at IS NULL AND (prospect_id IS NOT NULL OR machine_class = 'sender_blocked')
            ORDER BY received_at LIMIT ${AT_ONCE}`,
        { id: text },
      ),
    );
    for (const { id } of waiting) await this.act(id);
    return waiting.length;
  }

  /** By the machine's class, once; a mail that is nobody's waits until somebody finds whose it is. */
  act(incomingMailId: string): Promise<void> {
    return this.database.write(async (tx) => {
      const mail = await lockMail(tx, incomingMailId);
      if (!mail || mail.actedAt !== null) return;
      if (mail.prospectId === null && mail.machineClass !== 'sender_blocked') return;
      await this.effects.of(tx, SYSTEM, mail, mail.humanClass ?? mail.machineClass);
      await tx.run(sql`UPDATE incoming_mail SET acted_at = ${this.clock.now()} WHERE id = ${mail.id}`);
    });
  }

  /**
   * A person says what a mail is, in the caller's transaction: what follows from that class happens now. What had
   * followed from the machine's class stays, unless the person says it was no answer at all.
   */
  async follow(tx: Tx, actor: Actor, mail: IncomingMail, mailClass: MailClass): Promise<void> {
    if (mail.prospectId !== null) await this.effects.of(tx, actor, mail, mailClass);
    if (isHuman(mail.machineClass) && !isHuman(mailClass)) await this.effects.takeBackStop(tx, mail);
    await tx.run(
      sql`UPDATE incoming_mail SET acted_at = COALESCE(acted_at, ${this.clock.now()}) WHERE id = ${mail.id}`,
    );
  }
}
