import sql from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../../accounts/actor.js';
import type { Tx } from '../../database/db.js';
import { IncomingMail } from '../../outreach/incoming/incoming-mail.entity.js';
import { Conflict, NotAllowed, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';

/** An incoming mail that is somebody's. */
export type OwnedMail = IncomingMail & { prospectId: string };

/** The person first, as everybody does; then the mail. @throws NotFound out of sight; NotAllowed */
export async function holdMail(tx: Tx, actor: Actor, id: string): Promise<IncomingMail> {
  if (!isId(id)) throw new NotFound();
  await tx.rows(
    sql`SELECT id FROM prospect WHERE id = (SELECT prospect_id FROM incoming_mail WHERE id = ${id})${tx.dialect.forUpdate}`,
    {},
  );
  await tx.rows(sql`SELECT id FROM incoming_mail WHERE id = ${id}${tx.dialect.forUpdate}`, {});
  return seenMail(actor, tx.entities.findOneBy(IncomingMail, { id }));
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
