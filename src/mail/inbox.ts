import type { ImapAccount } from './mail-account.js';

/** How far a folder has been read: everything up to `uid` under this UIDVALIDITY. */
export interface InboxPosition {
  uidValidity: string;
  uid: number;
}

/** A mail as it lies in the folder. */
export interface ReceivedMail extends InboxPosition {
  receivedAt: Date;
  /** Bytes on the server. */
  size: number;
  /** The whole mail, or its first part when `isCut`: giant mails are not fetched whole. */
  raw: Buffer;
  isCut: boolean;
}

/** A connection that tells of new mail until it is closed. */
export interface InboxWatch {
  /** Settles when the connection ends, whoever ended it. */
  readonly ended: Promise<void>;
  /** Hangs up: no server that says nothing is waited for. */
  close(): void;
}

/**
 * The port through which mail comes in. It never marks, moves or deletes anything. Once `stop` is said, its connections
 * are cut: what is under way fails with ConnectionFailed.
 */
export abstract class Inbox {
  /**
   * Hands over what is newer than the position, oldest first, at most `limit`, each after the one before was taken;
   * gives the position reached. Without a position nothing old is read: it begins at the end of the folder. When the
   * folder was made anew (another UIDVALIDITY), mail received since `rereadSince` is handed over again.
   * @throws ConnectionFailed
   */
  abstract fetchNew(
    account: ImapAccount,
    from: {
      position: InboxPosition | null;
      rereadSince: Date;
      limit: number;
      stop?: AbortSignal | undefined;
    },
    take: (mail: ReceivedMail) => Promise<void>,
  ): Promise<InboxPosition>;
  /** Calls `onNews` whenever the server says there is more. @throws ConnectionFailed */
  abstract watch(account: ImapAccount, onNews: () => void, stop?: AbortSignal): Promise<InboxWatch>;
  /** Whether a message with this id lies in the inbox folder, in Sent or in All mail: was it really sent? @throws ConnectionFailed */
  abstract holds(account: ImapAccount, messageId: string, stop?: AbortSignal): Promise<boolean>;
  /** Signs in and opens the folder; gives where its end is now. @throws ConnectionFailed */
  abstract check(account: ImapAccount): Promise<InboxPosition>;
}
