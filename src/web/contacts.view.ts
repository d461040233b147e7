import type { Contact } from '../clients/contact.entity.js';
import { mailtoOf } from '../shared/email-address.js';
import { spacedPhone } from '../shared/phone-number.js';
import { errorSummary, fieldMaker } from './form-field.view.js';
import type { Form, Page, Refused } from './rendering/page.js';

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

export function contactRows(home: string, contacts: readonly Contact[]): object[] {
  return contacts.map(({ id, name, title, email, phone, isHost }) => ({
    name,
    title,
    email,
    mailto: email && mailtoOf(email),
    tel: phone && `tel:${phone}`,
    phone: phone && spacedPhone(phone),
    isHost,
    editHref: `${home}/contacts/${id}/edit`,
  }));
}
