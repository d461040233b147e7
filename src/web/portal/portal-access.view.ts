import type { Client } from '../../clients/client.entity.js';
import { mailtoOf } from '../../shared/email-address.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { errorSummary, fieldMaker } from '../form-field.view.js';
import type { Page, Refused } from '../rendering/page.js';

export function portalForm(page: Page, client: Client, refused: Refused) {
  const make = fieldMaker(page, 'settings.people.fields', refused);
  const fields = {
    name: make('name', { isRequired: true }),
    email: make('email', { type: 'email', isRequired: true }),
    locale: make('locale', {
      type: 'select',
      isRequired: true,
      options: page.frame.menu.languages.map(({ value, label }) => ({ value, label })),
    }),
  };
  return {
    ...headOf(page, client, page.t('contacts.portalAccess.title', { client: client.name })),
    action: `/clients/${client.id}/portal-access`,
    fields,
    summary: errorSummary(refused, Object.values(fields)),
  };
}

/** The secret link, once: to copy, or in a letter of one's own that only needs to be sent. */
export function portalLink(page: Page, client: Client, user: { name: string; email: string }, link: string) {
  const words = { name: user.name, client: client.name, link };
  const letter = new URLSearchParams({
    subject: page.t('contacts.portalAccess.letter.subject', words),
    body: page.t('contacts.portalAccess.letter.body', words),
  });
  return {
    ...headOf(page, client, page.t('settings.people.link.title', { name: user.name })),
    email: user.email,
    link,
    // A mail program reads a plus as a plus.
    letterHref: `${mailtoOf(user.email)}?${letter.toString().replaceAll('+', '%20')}`,
  };
}

function headOf(page: Page, client: Client, title: string) {
  const list = `/clients/${client.id}/contacts`;
  const trail = [{ href: list, label: page.t('contacts.title') }];
  return { title, list, frame: clientFrame(page, client, 'overview', { heading: title, trail }) };
}
