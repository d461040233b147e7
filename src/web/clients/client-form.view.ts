import type { Client } from '../../clients/client.entity.js';
import { displayName } from '../../shared/display-name.js';
import { errorSummary, fieldMaker, type FieldView, type Option } from '../form-field.view.js';
import type { Form, Page, Refused } from '../rendering/page.js';

/** Offered first; the API takes any other. */
const COUNTRIES = ['FR', 'BE', 'CH', 'LU', 'MC', 'DE', 'ES', 'IT', 'PT', 'NL', 'GB', 'IE', 'AT', 'US', 'CA'];
const CURRENCIES = ['EUR', 'CHF', 'GBP', 'USD', 'CAD'];

export function clientValues(client: Client): Form {
  const { name, domain, timeZone, locale, country, currency, version } = client;
  const { legalName, privacyUrl, dataSourceFr, dataSourceEn } = client;
  const notice = { legalName, privacyUrl, dataSourceFr, dataSourceEn };
  return { name, domain, timeZone, locale, country, currency, version, ...notice };
}

export function clientForm(page: Page, refused: Refused): object {
  const make = fieldMaker(page, 'clients.fields', refused);
  const named = (type: 'region' | 'currency' | 'language', codes: readonly string[]): Option[] =>
    codes.map((value) => ({ value, label: displayName(type, value, page.locale) }));
  const withCurrent = (codes: readonly string[], current: unknown): string[] => [
    ...new Set([...codes, ...(typeof current === 'string' && /^[A-Z]{2,3}$/.test(current) ? [current] : [])]),
  ];
  const { values } = refused;
  const isKnown = values['version'] !== undefined;
  // A client may be kept without these, but nobody is written to: they are not simply optional.
  const needed = (name: string): FieldView =>
    make(name, {
      isUnmarked: true,
      hint: `${page.t('clients.notice.needed')} ${page.t(`clients.fields.${name}Hint`)}`,
    });
  const written = values['locale'] === 'en' ? 'en' : 'fr';
  const source = (name: string, locale: 'fr' | 'en'): FieldView =>
    locale === written ? needed(name) : make(name, { hasHint: true });
  const fields = {
    name: make('name', { isRequired: true }),
    domain: make('domain', { hasHint: true }),
    country: make('country', {
      type: 'select',
      options: named('region', withCurrent(COUNTRIES, values['country'])),
      isRequired: true,
    }),
    timeZone: make('timeZone', {
      list: 'zones',
      isRequired: isKnown,
      hint: page.t(isKnown ? 'clients.fields.timeZoneHint' : 'clients.fields.timeZoneNewHint'),
    }),
    locale: make('locale', {
      type: 'select',
      options: named('language', ['fr', 'en']),
      isRequired: true,
      hasHint: true,
    }),
    currency: make('currency', {
      type: 'select',
      options: named('currency', withCurrent(CURRENCIES, values['currency'])),
      isRequired: true,
    }),
    legalName: needed('legalName'),
    privacyUrl: needed('privacyUrl'),
    dataSourceFr: source('dataSourceFr', 'fr'),
    dataSourceEn: source('dataSourceEn', 'en'),
  };
  return {
    fields,
    zones: Intl.supportedValuesOf('timeZone'),
    version: values['version'],
    summary: errorSummary(refused, Object.values(fields)),
  };
}
