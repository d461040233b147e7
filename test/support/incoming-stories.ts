import type { MailClass } from '../../src/mail/mail-class.js';
import { MailReceived } from '../../src/outreach/incoming/incoming-mail.events.js';
import { IncomingMail } from '../../src/outreach/incoming/incoming-mail.entity.js';
import type { OutgoingMail } from '../../src/outreach/outgoing/outgoing-mail.entity.js';
import { newId } from '../../src/shared/id.js';
import type { World } from './world.js';

let uid = 0;

/** A mail as the inbox leaves it, about one of ours; `isTold: false`: the process died before anybody heard of it. */
export async function incoming(
  world: World,
  about: OutgoingMail,
  machineClass: MailClass,
  has: Partial<IncomingMail> & { isTold?: boolean } = {},
): Promise<string> {
  const { isTold = true, ...fields } = has;
  const id = newId();
  uid += 1;
  await world.database.write(async (tx) => {
    await tx.entities.insert(IncomingMail, {
      id,
      mailboxId: about.mailboxId,
      clientId: about.clientId,
      prospectId: about.prospectId,
      touchId: about.id,
      enrolmentId: about.enrolmentId,
      uidValidity: '1',
      uid,
      messageId: `<${id}@reader.example>`,
      inReplyTo: about.messageId,
      references: [about.messageId],
      fromAddress: about.toAddress,
      fromName: null,
      subject: `Re: ${about.subject}`,
      receivedAt: world.clock.now(),
      machineClass,
      confidence: 0.9,
      humanClass: null,
      resumeOn: null,
      replyText: 'Bonjour',
      text: 'Bonjour',
      html: null,
      recipients: [],
      state: 'to_triage',
      ...fields,
    });
    const { clientId, prospectId, enrolmentId } = about;
    if (isTold) tx.announce(new MailReceived(id, clientId, prospectId, enrolmentId, machineClass));
  });
  return id;
}

export function incomingNow(world: World, id: string): Promise<IncomingMail> {
  return world.database.read((db) => db.entities.findOneByOrFail(IncomingMail, { id }));
}
