/** Where a mail lies in the outbox: still to be written, gone, perhaps gone, not taken. */
export const outboxShelves = ['waiting', 'gone', 'uncertain', 'refused'] as const;
export type OutboxShelf = (typeof outboxShelves)[number];
