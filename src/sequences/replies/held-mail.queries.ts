import sql from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../../accounts/actor.js';
import type { Tx } from '../../database/db.js';
import { maybe, text, word } from '../../database/rows.js';
import { isHuman, type MailClass } from '../../mail/mail-class.js';
import { IncomingMail } from '../../outreach/incoming/incoming-mail.entity.js';
import { holdProspects } from '../../prospects/held-prospects.queries.js';
import { Conflict, NotAllowed, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { enrolmentsOfColleagues } from '../enrolments/colleagues.queries.js';

/** An incoming mail that is somebody's. */
export type OwnedMail = IncomingMail & { prospectId: string };

/** Held for somebody who acts on it. @throws NotFound out of sight; NotAllowed */
export async function holdMail(tx: Tx, actor: Actor, id: string): Promise<IncomingMail> {
  if (!isId(id)) throw new NotFound();
  // A person's word can make an answer of any mail.
  return seenMail(
    actor,
    lockMail(tx, id, () => true),
  );
}

/**
 * The person first, as everybody does, together with the colleagues an answer makes wait: two of them may answer at the
 * same moment. Then the mail, so that two who act on it stand in line.
 * @param isAnswer whether a mail of that class may be acted on as an answer
 */
export async function lockMail(
  tx: Tx,
  id: string,
  isAnswer: (mailClass: MailClass) => boolean = isHuman,
): Promise<IncomingMail | null> {
  const mail = await tx.row(
    sql`SELECT prospect_id, machine_class, human_class FROM incoming_mail WHERE id = ${id}`,
    {
      prospectId: maybe(text),
      machineClass: word<MailClass>(),
      humanClass: maybe(word<MailClass>()),
    },
  );
  if (mail === null) return null;
  if (mail.prospectId !== null) {
    const mayStop = isAnswer(mail.humanClass ?? mail.machineClass);
    const colleagues = mayStop ? await enrolmentsOfColleagues(tx, mail.prospectId) : [];
    await holdProspects(tx, [mail.prospectId, ...colleagues.map(({ prospectId }) => prospectId)]);
  }
  await tx.rows(sql`SELECT id FROM incoming_mail WHERE id = ${id}${tx.dialect.forUpdate}`, {});
  return tx.entities.findOneBy(IncomingMail, { id });
}

async function seenMail(actor: Actor, found: Promise<IncomingMail | null>): Promise<IncomingMail> {
  const mail = await found;
  if (mail === null || !seesClient(actor, mail.clientId)) throw new NotFound();
  if (!isAgency(actor)) throw new NotAllowed();
  return mail;
}

export function requireOwner(mail: IncomingMail): OwnedMail {
  if (mail.prospectId === null) throw new Conflict('inbox.nobodys');
  return mail as OwnedMail;
}
