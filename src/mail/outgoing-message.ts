export interface MailParty {
  name: string | null;
  address: string;
}

/** One message to one person, complete: the mailer adds nothing but its encoding. */
export interface OutgoingMessage {
  from: MailParty;
  to: MailParty;
  subject: string;
  text: string;
  /** Null: plain text only. */
  html: string | null;
  /** With its angle brackets, on the sending domain. */
  messageId: string;
  /** The message this one follows, and the whole thread before it, oldest first. */
  inReplyTo?: string | null;
  references?: string[];
  /** Where answers go when not to `from`, such as a plus-address with a token. */
  replyTo?: string | null;
  /** Further headers, such as `List-Unsubscribe`. A name already spoken for above is refused. */
  headers?: Record<string, string>;
  /** An invitation: `text/calendar` with this method beside the texts, and as a file. */
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'REPLY'; content: string } | null;
}
