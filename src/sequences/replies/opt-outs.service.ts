import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, SYSTEM } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { OutgoingMails } from '../../outreach/outgoing/outgoing-mails.service.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { personalKeys } from '../../prospects/suppression/suppression-keys.js';
import { Suppressions } from '../../prospects/suppression/suppressions.service.js';
import { emailIdentity } from '../../shared/email-address.js';
import { NotFound } from '../../shared/errors.js';
import { EnrolmentEnds } from '../enrolments/enrolment-ends.service.js';

/** How somebody said no: the link or the button of their mail program, words, or a complaint to their provider. */
export type OptOutSource = 'unsubscribe' | 'reply' | 'complaint';

/** An opposition holds at once: for every channel and every sequence of the client. */
@Injectable()
export class OptOuts {
  constructor(
    private readonly database: Database,
    private readonly outgoing: OutgoingMails,
    private readonly suppressions: Suppressions,
    private readonly statuses: Statuses,
    private readonly ends: EnrolmentEnds,
  ) {}

  /** Whether a link is one of ours, and in which language its mail was; changes nothing. @throws NotFound */
  async look(token: string): Promise<{ locale: string }> {
    return this.database.read(async (db) => {
      const mail = await this.outgoing.byToken(db, token);
      if (!mail) throw new NotFound();
      const found = await db.row(
        sql`SELECT COALESCE(s.locale, k.locale) AS locale FROM client k
            LEFT JOIN sequence s ON s.id = ${mail.sequenceId} WHERE k.id = ${mail.clientId}`,
        { locale: text },
      );
      return { locale: found?.locale ?? 'fr' };
    });
  }

  /** The reader of that mail wants no more. Twice is once. @throws NotFound for a token that is none of ours */
  async byLink(token: string, now: Date): Promise<{ locale: string }> {
    const { locale } = await this.look(token);
    await this.database.write(async (tx) => {
      const mail = await this.outgoing.byToken(tx, token);
      if (!mail) throw new NotFound();
      await tx.run(
        sql`UPDATE outgoing_mail SET unsubscribed_at = COALESCE(unsubscribed_at, ${now}) WHERE id = ${mail.id}`,
      );
      await this.oppose(tx, SYSTEM, mail.prospectId, {
        source: 'unsubscribe',
        address: mail.toAddress,
        aboutId: mail.id,
      });
    });
    return { locale };
  }

  /**
   * Enters all that stands for the person, and the very address that was written to, in the place of what our own acts had
   * entered; the status and the enrolments follow.
   */
  async oppose(
    tx: Tx,
    actor: Actor,
    prospectId: string,
    { source, address, aboutId }: { source: OptOutSource; address: string | null; aboutId: string },
  ): Promise<void> {
    const person = await tx.row(
      sql`SELECT client_id, email, phone, mobile_phone, linkedin_url FROM prospect
          WHERE id = ${prospectId}${tx.dialect.forUpdate}`,
      {
        clientId: text,
        email: maybe(text),
        phone: maybe(text),
        mobilePhone: maybe(text),
        linkedinUrl: maybe(text),
      },
    );
    if (!person) return;
    const keys = personalKeys(person);
    const written = address && emailIdentity(address);
    if (written && !keys.some(({ value }) => value === written)) keys.push({ kind: 'email', value: written });
    const { clientId } = person;
    await this.suppressions.enter(tx, actor, { clientId, keys, reason: source, source });
    await this.statuses.heedOwnWord(tx, actor, prospectId, { source, aboutId });
    await this.ends.finishAll(tx, prospectId, 'opted_out');
  }
}
