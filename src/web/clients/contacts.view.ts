import type { Contact } from '../../clients/contact.entity.js';
import { mailtoOf, normaliseEmail } from '../../shared/email-address.js';
import { spacedPhone } from '../../shared/phone-number.js';
import { errorSummary, fieldMaker } from '../form-field.view.js';
import type { Form, Page, Refused } from '../rendering/page.js';

export function contactValues({ name, email, phone, title, isHost }: Contact): Form {
  return { name, email, phone, title, isHost };
}

export function contactForm(page: Page, refused: Refused): object {
  const make = fieldMaker(page, 'contacts.fields', refused);
  const fields = {
    name: make('name', { isRequired: true }),
    title: make('title'),
    email: make('email', { type: 'email', hasHint: true }),
    phone: make('phone', { type: 'tel' }),
  };
  const isHost = Boolean(refused.values['isHost']);
  return { fields, isHost, summary: errorSummary(refused, Object.values(fields)) };
}

/** `portal`: the addresses that have a way into the portal already. */
export function contactRows(
  home: string,
  contacts: readonly Contact[],
  portal: readonly { email: string }[],
): object[] {
  const known = new Set(portal.map((one) => one.email));
  return contacts.map(({ id, name, title, email, phone, isHost }) => ({
    name,
    title,
    email,
    mailto: email && mailtoOf(email),
    tel: phone && `tel:${phone}`,
    phone: phone && spacedPhone(phone),
    isHost,
    editHref: `${home}/contacts/${id}/edit`,
    hasPortal: isKnown(known, email),
    inviteHref: isKnown(known, email) ? null : `${home}/portal-access/new?contact=${id}`,
  }));
}

function isKnown(known: ReadonlySet<string>, email: string | null): boolean {
  return email !== null && known.has(normaliseEmail(email) ?? email);
}
