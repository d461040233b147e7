/*
 * Whose mail is it? By what it answers, by the token in the address it was sent to, by who writes on a mailbox that wrote
 * to them; else nobody knows, and a person decides. Never by its subject.
 */

/** A mail of ours that an incoming one may be about. */
export interface OurMail {
  id: string;
  prospectId: string;
  enrolmentId: string | null;
  /** Every id it is known by: ours, and the one a relay gave it. */
  messageIds: string[];
  token: string;
  /** Normalised. */
  toAddress: string;
  sentAt: Date;
}

/** What an incoming mail says of what it is about. */
export interface ReplyTraces {
  /** Messages it answers or brings back, the nearest first. */
  messageIds: string[];
  /** Words that look like our tokens, in the addresses it was sent to or in the mail it brings back. */
  tokens: string[];
  /** Who writes; for a report or complaint, those it is about. Identities: without plus-tags. */
  people: string[];
}

export interface Match {
  touchId: string;
  prospectId: string;
  enrolmentId: string | null;
  by: 'thread' | 'token' | 'sender';
}

/**
 * The first road that leads to a mail of ours. By the sender, the newest of the mails to that person counts, and one of an
 * enrolment before one without.
 */
export function matchReply(
  traces: ReplyTraces,
  ours: readonly OurMail[],
  identity: (address: string) => string,
): Match | null {
  for (const id of traces.messageIds) {
    const answered = ours.find(({ messageIds }) => messageIds.includes(id));
    if (answered) return matched(answered, 'thread');
  }
  const named = traces.tokens.map((token) => ours.find((mail) => mail.token === token)).find(Boolean);
  if (named) return matched(named, 'token');
  const theirs = ours
    .filter(({ toAddress }) => traces.people.includes(identity(toAddress)))
    .sort(
      (a, b) =>
        Number(b.enrolmentId !== null) - Number(a.enrolmentId !== null) ||
        b.sentAt.getTime() - a.sentAt.getTime(),
    );
  return theirs[0] ? matched(theirs[0], 'sender') : null;
}

const matched = ({ id, prospectId, enrolmentId }: OurMail, by: Match['by']): Match => ({
  touchId: id,
  prospectId,
  enrolmentId,
  by,
});
