/** A mail of a thread that left already. */
export interface ThreadMail {
  /** As really sent, with its angle brackets. */
  messageId: string;
  subject: string;
}

/** What places a mail in its thread. */
export interface ThreadPlace {
  subject: string;
  inReplyTo: string | null;
  references: string[];
}

/**
 * The first mail goes under its own subject; each later one follows the one before, under "Re: " and the first subject,
 * and names the whole thread. `sent`: oldest first.
 */
export function placeInThread(sent: readonly ThreadMail[], ownSubject: string): ThreadPlace {
  const first = sent[0];
  if (first === undefined) return { subject: ownSubject, inReplyTo: null, references: [] };
  return {
    subject: /^re\s?:/i.test(first.subject) ? first.subject : `Re: ${first.subject}`,
    inReplyTo: sent.at(-1)!.messageId,
    references: sent.map(({ messageId }) => messageId),
  };
}
