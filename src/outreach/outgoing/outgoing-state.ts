/**
 * How far a mail came. `claimed`: written down, nothing has left: it may be given up safely. `sending`: handed to the
 * server, whose answer is not known yet. `sent`: taken. `outbox`: kept on screen, since this Carnet sends nothing.
 * `refused`: not taken. `uncertain`: it may have left, and only the mailbox or a person can tell.
 */
export const outgoingStates = ['claimed', 'sending', 'sent', 'outbox', 'refused', 'uncertain'] as const;
export type OutgoingState = (typeof outgoingStates)[number];
