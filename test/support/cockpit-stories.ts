import { IncomingMail } from '../../src/outreach/incoming/incoming-mail.entity.js';
import type { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { newId } from '../../src/shared/id.js';
import type { World } from './world.js';

let uid = 0;

/** A mail that came into a mailbox, as the reader of mail leaves it. Gives its id. */
export async function mailIn(
  world: World,
  mailbox: Pick<Mailbox, 'id' | 'clientId'>,
  has: Partial<IncomingMail> = {},
): Promise<string> {
  const id = newId();
  uid += 1;
  const text = has.text ?? 'Oui, parlons-en.';
  await world.database.write((tx) =>
    tx.entities.insert(IncomingMail, {
      id,
      mailboxId: mailbox.id,
      clientId: mailbox.clientId,
      prospectId: null,
      touchId: null,
      enrolmentId: null,
      uidValidity: '1',
      uid,
      messageId: `<${id}@ailleurs.example>`,
      inReplyTo: null,
      references: [],
      fromAddress: 'claire@ailleurs.example',
      fromName: 'Claire Roux',
      subject: 'Re: Bonjour',
      receivedAt: world.clock.now(),
      machineClass: 'interested',
      confidence: 0.72,
      humanClass: null,
      resumeOn: null,
      replyText: text,
      text,
      html: null,
      recipients: [],
      state: has.prospectId ? 'to_triage' : 'unmatched',
      actedAt: null,
      handledAt: null,
      handledBy: null,
      ...has,
    }),
  );
  return id;
}

export function mailNow(world: World, id: string): Promise<IncomingMail> {
  return world.database.read((db) => db.entities.findOneByOrFail(IncomingMail, { id }));
}
