import { readStopNote } from '../../outreach/mailboxes/rate-guards.js';
import { guardText } from './guard.view.js';
import type { Mailbox } from '../../outreach/mailboxes/mailbox.entity.js';
import { MAILBOX_PRESETS, type MailboxPreset } from '../../outreach/mailboxes/mailbox-presets.js';
import type { ListedMailbox } from '../../outreach/mailboxes/mailboxes.queries.js';
import { SECURITIES } from '../../mail/mail-account.js';
import {
  errorSummary,
  fieldMaker,
  type FieldMaker,
  type FieldView,
  NOTHING_REFUSED,
} from '../form-field.view.js';
import type { Form, Page, Refused } from '../rendering/page.js';

const AREA = 'mailboxes';
export const MAILBOXES = '/settings/mailboxes';

interface Named {
  id: string;
  name: string;
}

/** One line of the list, and the facts on a mailbox's own page. */
export function mailboxRow(
  page: Page,
  { mailbox, client, owner, health }: ListedMailbox,
  { now, isLive }: { now: Date; isLive: boolean },
) {
  const { week } = health;
  const when = (at: Date | null): string =>
    at === null ? page.t('mailboxes.never') : page.format.relative(at, now);
  const isActive = mailbox.state === 'active';
  const isRetired = mailbox.pausedReason === 'retired';
  return {
    id: mailbox.id,
    href: `${MAILBOXES}/${mailbox.id}`,
    address: mailbox.address,
    senderName: mailbox.senderName,
    client,
    owner,
    isActive,
    tone: toneOf(mailbox, isLive),
    isRetired,
    state: page.t(isActive ? 'mailboxes.active' : isRetired ? 'mailboxes.retired' : 'mailboxes.paused'),
    why: mailbox.pausedReason && page.t(`mailboxes.pauses.${mailbox.pausedReason}`),
    note: mailbox.pausedNote && noteText(page, mailbox.pausedNote),
    since: mailbox.pausedAt && page.format.relative(mailbox.pausedAt, now),
    problem: problemText(page, mailbox.lastError),
    sent: page.t('mailboxes.sentOf', { sent: health.sent24h, allowance: health.allowance }),
    lastSent: when(mailbox.lastSentAt),
    lastChecked: isLive ? when(mailbox.lastCheckedAt) : page.t('mailboxes.onScreen.unread'),
    week: page.t('mailboxes.weekText', {
      sent: week.attempted,
      bounces: week.hard_bounce,
      complaints: week.complaint,
    }),
  };
}

/** Where no server was asked, nothing is known to be well. */
function toneOf({ state, pausedReason, lastError }: Mailbox, isLive: boolean): string {
  if (state !== 'active') return pausedReason === 'retired' ? 'neutral' : 'bad';
  if (!isLive) return 'neutral';
  return lastError === null ? 'good' : 'warn';
}

const STEPS = new Set(['lookup', 'connect', 'tls', 'signIn', 'folder', 'talk', 'password']);

function problemText(page: Page, error: string | null): string | null {
  if (error === null) return null;
  const step = error.replace(/^imap\./, '');
  return STEPS.has(step)
    ? page.t(`mailboxes.problems.${step}`)
    : page.t('mailboxes.problems.other', { text: error });
}

/** The form for a new mailbox, its servers filled in by the provider. */
export function newMailboxForm(
  page: Page,
  choices: { preset: MailboxPreset; clients: readonly Named[]; people: readonly Named[]; refused: Refused },
): object {
  const { preset, clients, people, refused } = choices;
  const make = fieldMaker(page, `${AREA}.fields`, refused);
  const head = {
    clientId: make('clientId', { type: 'select', isRequired: true, options: options(clients) }),
    address: make('address', { type: 'email', isRequired: true }),
    ...common(page, make, people),
  };
  return {
    ...drawn(page, head, servers(page, make, { password: 'passwordSame' }), refused),
    preset: preset.key,
    note: page.t(`mailboxes.presetNotes.${preset.key}`),
    presets: MAILBOX_PRESETS.map(({ key }) => ({
      key,
      label: page.t(`mailboxes.presets.${key}`),
      isCurrent: key === preset.key,
    })),
  };
}

/** The form of a mailbox there is. */
export function mailboxForm(page: Page, people: readonly Named[], refused: Refused): object {
  const make = fieldMaker(page, `${AREA}.fields`, refused);
  const fields = servers(page, make, { password: 'passwordKept' });
  return drawn(page, common(page, make, people), fields, refused);
}

/** What a fresh form says. */
export function presetValues({ smtp, imap }: MailboxPreset, clientId: string | undefined): Refused {
  return {
    ...NOTHING_REFUSED,
    values: { clientId, smtp, imap, dailyCap: 30, gapMinSeconds: 180, gapMaxSeconds: 600 },
  };
}

/** The stored settings as the form shows them: everything but the passwords. */
export function mailboxValues({
  senderName,
  userId,
  smtp,
  imap,
  dailyCap,
  gapMinSeconds,
  gapMaxSeconds,
}: Mailbox): Form {
  return { senderName, userId: userId ?? '', smtp, imap, dailyCap, gapMinSeconds, gapMaxSeconds };
}

type Fields = Record<string, FieldView>;

function common(page: Page, make: FieldMaker, people: readonly Named[]): Fields {
  const nobody = { value: '', label: page.t('mailboxes.nobody') };
  return {
    senderName: make('senderName', { isRequired: true, hasHint: true }),
    userId: make('userId', { type: 'select', options: [nobody, ...options(people)] }),
    dailyCap: make('dailyCap', { type: 'number', hasHint: true }),
    gapMinSeconds: make('gapMinSeconds', { type: 'number', unit: page.t('mailboxes.seconds') }),
    gapMaxSeconds: make('gapMaxSeconds', { type: 'number', unit: page.t('mailboxes.seconds') }),
  };
}

function servers(page: Page, make: FieldMaker, hints: { password: string }): { smtp: Fields; imap: Fields } {
  const securities = SECURITIES.map((value) => ({ value, label: page.t(`mailboxes.securities.${value}`) }));
  const server = (name: 'smtp' | 'imap', passwordHint: string): Fields => ({
    host: make(`${name}.host`, { isRequired: true }),
    port: make(`${name}.port`, { type: 'number', isRequired: true }),
    security: make(`${name}.security`, { type: 'select', isRequired: true, options: securities }),
    user: make(`${name}.user`, { hasHint: true }),
    password: make(`${name}.password`, {
      type: 'password',
      isUnmarked: true,
      hint: page.t(`mailboxes.fields.${passwordHint}`),
    }),
  });
  const isNew = hints.password === 'passwordSame';
  return {
    smtp: server('smtp', isNew ? 'passwordHint' : hints.password),
    imap: { ...server('imap', hints.password), folder: make('imap.folder', { hasHint: true }) },
  };
}

function drawn(
  page: Page,
  fields: Fields,
  { smtp, imap }: { smtp: Fields; imap: Fields },
  refused: Refused,
): object {
  const all = [fields, smtp, imap].flatMap((group) => Object.values(group));
  return {
    fields,
    servers: [
      { name: 'smtp', legend: page.t('mailboxes.server.smtp'), ...smtp },
      { name: 'imap', legend: page.t('mailboxes.server.imap'), ...imap },
    ],
    isUntested: refused.values['isUntested'] === 'on',
    summary: errorSummary(refused, all),
  };
}

const options = (named: readonly Named[]) => named.map(({ id, name }) => ({ value: id, label: name }));

/** What a guard counted, in words; what a server said, as it said it. */
function noteText(page: Page, note: string): string | null {
  const stop = readStopNote(note);
  if (stop !== null) return guardText(page, stop);
  return note.startsWith('imap.') ? null : note;
}
