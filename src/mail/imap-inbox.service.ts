import type { ConnectionOptions } from 'node:tls';
import { Injectable } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import { ConnectionFailed } from './connection-failed.js';
import { openFolder, signedIn, signOut } from './imap-client.js';
import { Inbox, type InboxPosition, type InboxWatch, type ReceivedMail } from './inbox.js';
import type { ImapAccount } from './mail-account.js';

/** No answer of a person is larger; of what is, the first part is read (it holds the text and the headers). */
export const MOST_BYTES = 2_000_000;

type From = Parameters<Inbox['fetchNew']>[1];

/** Reads mailboxes over IMAP4. */
@Injectable()
export class ImapInbox extends Inbox {
  async fetchNew(
    account: ImapAccount,
    from: From,
    take: (mail: ReceivedMail) => Promise<void>,
  ): Promise<InboxPosition> {
    const client = await openFolder(account, { tls: this.tls(), stop: from.stop });
    try {
      const start = await startingPoint(client, from);
      let reached = start;
      for (const uid of await newerThan(client, start.uid, from.limit)) {
        const mail = await talking(account, () => fetchMail(client, start.uidValidity, uid));
        if (mail !== null) await take(mail);
        reached = { ...start, uid };
      }
      return reached;
    } finally {
      await signOut(client);
    }
  }

  async watch(account: ImapAccount, onNews: () => void, stop?: AbortSignal): Promise<InboxWatch> {
    const client = await openFolder(account, { tls: this.tls(), stop });
    const ended = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.on('exists', onNews);
    return { ended, close: () => client.close() };
  }

  async holds(account: ImapAccount, messageId: string, stop?: AbortSignal): Promise<boolean> {
    const client = await signedIn(account, { tls: this.tls(), stop });
    try {
      return await talking(account, async () => {
        for (const folder of await likelyFolders(client, account.folder)) {
          await client.mailboxOpen(folder, { readOnly: true });
          const found = await client.search({ header: { 'message-id': messageId } }, { uid: true });
          if (found && found.length > 0) return true;
        }
        return false;
      });
    } finally {
      await signOut(client);
    }
  }

  async check(account: ImapAccount): Promise<InboxPosition> {
    const client = await openFolder(account, { tls: this.tls() });
    const end = endOf(client);
    await signOut(client);
    return end;
  }

  /** Certificates are always checked; a company's own authority is given to Node (`NODE_EXTRA_CA_CERTS`). */
  protected tls(): ConnectionOptions {
    return { minVersion: 'TLSv1.2' };
  }
}

async function startingPoint(client: ImapFlow, { position, rereadSince }: From): Promise<InboxPosition> {
  const end = endOf(client);
  if (position === null || position.uidValidity === end.uidValidity) return position ?? end;
  const found = await client.search({ since: rereadSince }, { uid: true });
  return found && found.length > 0 ? { ...end, uid: Math.min(...found) - 1 } : end;
}

function endOf(client: ImapFlow): InboxPosition {
  if (!client.mailbox) throw new Error('no folder is open');
  return { uidValidity: String(client.mailbox.uidValidity), uid: client.mailbox.uidNext - 1 };
}

/** The next UIDs, lowest first. A range "n:*" always gives the last message, even one below n. */
async function newerThan(client: ImapFlow, uid: number, limit: number): Promise<number[]> {
  if (endOf(client).uid <= uid) return [];
  const found = await client.search({ uid: `${uid + 1}:*` }, { uid: true });
  return (found || [])
    .filter((one) => one > uid)
    .sort((a, b) => a - b)
    .slice(0, limit);
}

/** Null: somebody took it away meanwhile. */
async function fetchMail(client: ImapFlow, uidValidity: string, uid: number): Promise<ReceivedMail | null> {
  const wanted = { size: true, internalDate: true, source: { start: 0, maxLength: MOST_BYTES } };
  const mail = await client.fetchOne(String(uid), wanted, { uid: true });
  if (!mail || !mail.source) return null;
  const size = mail.size ?? mail.source.length;
  return {
    uidValidity,
    uid,
    size,
    raw: mail.source,
    isCut: size > mail.source.length,
    receivedAt: dateOf(mail.internalDate),
  };
}

/** Servers without a proper date give the epoch: nothing is derived from it but an order. */
function dateOf(value: Date | string | undefined): Date {
  const date = new Date(value ?? 0);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

async function likelyFolders(client: ImapFlow, inbox: string): Promise<string[]> {
  const folders = await client.list();
  const special = folders
    .filter(({ specialUse }) => specialUse === '\\Sent' || specialUse === '\\All')
    .map(({ path }) => path);
  return [...new Set([...special, inbox])];
}

async function talking<T>({ host, port }: ImapAccount, talk: () => Promise<T>): Promise<T> {
  try {
    return await talk();
  } catch {
    throw new ConnectionFailed('talk', host, port);
  }
}
