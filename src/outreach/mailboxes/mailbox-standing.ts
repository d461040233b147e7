import type { InboxPosition } from '../../mail/inbox.js';
import type { Mailbox, MailboxPause } from './mailbox.entity.js';
import type { MailboxSettings, TypedPasswords } from './mailbox-settings.js';
import { isSameFolder } from './read-folders.queries.js';

/* How a mailbox stands: it goes, or rests for a reason, and has read its folder up to a place. */

/** Nothing keeps it from sending. */
export const GOING = {
  state: 'active',
  pausedReason: null,
  pausedNote: null,
  pausedAt: null,
  lastError: null,
} as const;

/** One that has done nothing yet. */
export const BLANK = {
  guardSince: null,
  rampStartedOn: null,
  pausedNote: null,
  lastSentAt: null,
  lastCheckedAt: null,
  lastError: null,
  version: 1,
};

export const resting = (pausedReason: MailboxPause, pausedAt: Date): Partial<Mailbox> => ({
  state: 'paused',
  pausedReason,
  pausedAt,
});

/** It rests because no server is known to let it in. */
export function isShut(reason: MailboxPause | null): boolean {
  return reason === 'untested' || reason === 'signIn';
}

/** How it stands after a test that gave a position, or without one. */
export function standing(position: InboxPosition | null, now: Date): Partial<Mailbox> {
  if (position === null) return { ...GOING, ...resting('untested', now), uidValidity: null, uid: null };
  return { ...GOING, ...position };
}

/** After other servers were typed: the place read up to holds for the folder it was read in, and nowhere else. */
export function moved(
  before: Mailbox,
  settings: MailboxSettings,
  position: InboxPosition | null,
  now: Date,
): Partial<Mailbox> {
  const isKnown = isSameFolder(before.imap, settings.imap);
  const { uidValidity, uid } = isKnown ? before : { uidValidity: null, uid: null };
  const place = uidValidity === null ? (position ?? { uidValidity, uid }) : { uidValidity, uid };
  if (position === null) return { ...resting('untested', now), pausedNote: null, ...place };
  return { ...(isShut(before.pausedReason) ? GOING : {}), ...place, lastError: null };
}

/** The same servers under the same passwords: nothing to test. */
export function isSameRoad(
  before: Mailbox,
  old: TypedPasswords | null,
  settings: MailboxSettings,
  passwords: TypedPasswords,
): boolean {
  const road = (smtp: unknown, imap: unknown, secrets: unknown): string =>
    JSON.stringify([smtp, imap, secrets]);
  return road(before.smtp, before.imap, old) === road(settings.smtp, settings.imap, passwords);
}
