import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import type { HumanClass } from '../../mail/mail-class.js';
import { writeAlone } from '../../prospects/prospects.service.js';
import { Conflict } from '../../shared/errors.js';
import { holdMail, type OwnedMail, requireOwner } from './held-mail.queries.js';
import { Referrals } from './referrals.service.js';
import { ReplyConsequences } from './reply-consequences.service.js';
import { ReplyMoves } from './reply-moves.service.js';
import type { TriageInput } from './triage.dto.js';

/** A person says what an answer means; everything that follows from it happens in the same transaction. */
@Injectable()
export class Triage {
  constructor(
    private readonly database: Database,
    private readonly consequences: ReplyConsequences,
    private readonly moves: ReplyMoves,
    private readonly referrals: Referrals,
    private readonly audit: Audit,
  ) {}

  /**
   * The human label goes on top of the machine's, and the mail is dealt with.
   * @throws NotFound; InvalidInput on `until`, `time`, `referralEmail`; Conflict when somebody else was faster, or nobody
   *   knows whose mail it is
   */
  settle(actor: Actor, mailId: string, input: TriageInput): Promise<OwnedMail> {
    return writeAlone(this.database, async (tx) => {
      const mail = await holdMail(tx, actor, mailId);
      if (mail.state === 'handled') throw new Conflict('inbox.handled');
      const owned = requireOwner(mail);
      const referred = input.class === 'referral' ? await this.referrals.find(tx, actor, owned, input) : null;
      const now = this.moves.now();
      await tx.run(sql`UPDATE incoming_mail SET human_class = ${input.class}, state = 'handled', handled_at = ${now},
        handled_by = ${actor.userId || null} WHERE id = ${mailId}`);
      await this.consequences.follow(tx, actor, owned, input.class);
      await this.moves.follow(tx, actor, owned, input, now);
      if (referred) await this.referrals.tell(tx, actor, owned, referred);
      await this.record(tx, actor, owned, 'reply.triaged', {
        class: input.class,
        suggested: mail.machineClass,
      });
      return owned;
    });
  }

  /**
   * Within ten seconds, by the person who said it. An opt-out is lifted from the list of oppositions alone, with a
   * reason. @throws NotFound; Conflict
   */
  undo(actor: Actor, mailId: string): Promise<OwnedMail> {
    return this.database.write(async (tx) => {
      const mail = requireOwner(await holdMail(tx, actor, mailId));
      await this.moves.takeBack(tx, actor, mail);
      await tx.run(sql`UPDATE incoming_mail SET human_class = NULL, state = 'to_triage', handled_at = NULL,
        handled_by = NULL WHERE id = ${mailId}`);
      await this.record(tx, actor, mail, 'reply.undone', {});
      return mail;
    });
  }

  private record(
    tx: Tx,
    actor: Actor,
    mail: OwnedMail,
    act: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    const subject = { subjectType: 'prospect', subjectId: mail.prospectId, clientId: mail.clientId };
    return this.audit.record(tx, actor, { act, ...subject, details });
  }
}

/** Classes that cannot be taken back with a key. */
export const lastsForGood = (said: HumanClass): boolean => said === 'unsubscribe';
