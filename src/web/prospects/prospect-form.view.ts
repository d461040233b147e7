import { errorSummary, fieldMaker } from '../form-field.view.js';
import type { Page, Refused } from '../rendering/page.js';
import { departmentText, industryText, seniorityText } from '../source-words.js';

/** The fields of a prospect, to add one or to correct one. */
export function prospectForm(page: Page, refused: Refused) {
  const make = fieldMaker(page, 'prospects.fields', refused);
  // The field holds what the source wrote, which is what profiles are compared with; the reader’s word stands beside it.
  const inOwnWords = (name: string, say: typeof industryText) => {
    const value = refused.values[name];
    const text = typeof value === 'string' ? say(page.locale, value) : '';
    return text === '' || text === value ? {} : { hint: page.t('prospects.fields.sourceWord', { text }) };
  };
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
    jobFunction: make('jobFunction', inOwnWords('jobFunction', departmentText)),
    seniority: make('seniority', inOwnWords('seniority', seniorityText)),
    timeZone: make('timeZone', { hasHint: true }),
    companyName: make('companyName'),
    website: make('website'),
    industry: make('industry', inOwnWords('industry', industryText)),
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
