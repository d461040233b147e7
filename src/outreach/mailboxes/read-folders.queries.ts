import { IsNull, Not, Or } from 'typeorm';
import type { Tx } from '../../database/db.js';
import { Conflict } from '../../shared/errors.js';
import { Mailbox } from './mailbox.entity.js';

type Folder = Mailbox['imap'];

/** The folder a login reads, in one spelling. */
function placeOf({ host, user, folder }: Folder): string {
  const name = /^inbox$/i.test(folder) ? 'INBOX' : folder;
  return JSON.stringify([host.toLowerCase(), user.toLowerCase(), name]);
}

export const isSameFolder = (one: Folder, other: Folder): boolean => placeOf(one) === placeOf(other);

/**
 * A folder is read by one mailbox: by two, each answer would be stored twice, and the answers to one client’s messages
 * shown to the other. Two who save the same stand in line.
 * @param id the mailbox that wants to read it, when it is known already
 * @throws Conflict; never says whose it is, when it is another client's
 */
export async function refuseReadTwice(
  tx: Tx,
  { id, clientId, imap }: { id: string | undefined; clientId: string; imap: Folder },
): Promise<void> {
  await tx.rows(tx.dialect.turnAt(`folder ${placeOf(imap)}`), {});
  const atWork = await tx.entities.findBy(Mailbox, { pausedReason: Or(IsNull(), Not('retired')) });
  const reader = atWork.find((one) => one.id !== id && isSameFolder(one.imap, imap));
  if (!reader) return;
  const params = { user: imap.user, folder: imap.folder };
  if (reader.clientId !== clientId) throw new Conflict('mail.folderReadElsewhere', params);
  throw new Conflict('mail.folderRead', { ...params, address: reader.address });
}
