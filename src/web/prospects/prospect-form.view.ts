import { errorSummary, fieldMaker } from '../form-field.view.js';
import type { Page, Refused } from '../rendering/page.js';

/** The fields of a prospect, to add one or to correct one. */
export function prospectForm(page: Page, refused: Refused) {
  const make = fieldMaker(page, 'prospects.fields', refused);
  const fields = {
    firstName: make('firstName'),
    lastName: make('lastName'),
    title: make('title'),
    email: make('email', { type: 'email' }),
    linkedinUrl: make('linkedinUrl', { hasHint: true }),
    phone: make('phone', { type: 'tel' }),
    mobilePhone: make('mobilePhone', { type: 'tel' }),
    city: make('city'),
    country: make('country'),
    jobFunction: make('jobFunction'),
    seniority: make('seniority'),
    timeZone: make('timeZone', { hasHint: true }),
    companyName: make('companyName'),
    website: make('website'),
    industry: make('industry'),
    headcount: make('headcount', { hasHint: true }),
  };
  return { fields, summary: errorSummary(refused, Object.values(fields)) };
}

/** The names a form sends: a field left blank empties what was there. */
export const FORM_FIELDS = [
  'firstName',
  'lastName',
  'title',
  'email',
  'linkedinUrl',
  'phone',
  'mobilePhone',
  'city',
  'country',
  'jobFunction',
  'seniority',
  'timeZone',
  'companyName',
  'website',
  'industry',
  'headcount',
] as const;
