import type { Member } from '../../clients/client-team.service.js';
import type { Contact } from '../../clients/contact.entity.js';
import { DEFAULT_ACCEPTANCE_DAYS, FEE_BASES } from '../../clients/engagement-terms.js';
import type { AgreedEngagement } from '../../clients/engagements.queries.js';
import { centsAsDecimal } from '../../shared/money.js';
import { errorSummary, fieldMaker, type Option } from '../form-field.view.js';
import type { Form, Page, Refused } from '../rendering/page.js';

/** What the form of a new engagement begins with. */
export function newEngagementValues(today: string, referentId: string): Form {
  return {
    startsOn: `${today.slice(0, 8)}01`,
    price: { feeBasis: 'qualified' },
    acceptanceDays: DEFAULT_ACCEPTANCE_DAYS,
    agencyReferentId: referentId,
  };
}

/** An engagement as its form shows it: amounts as people write them, criteria one a line. */
export function engagementValues(page: Page, { engagement, terms }: AgreedEngagement): Form {
  const { price, targets } = terms;
  const amount = (cents: number | null): string => (cents ? typedAmount(page, cents) : '');
  return {
    startsOn: engagement.startsOn,
    endsOn: engagement.endsOn,
    version: engagement.version,
    price: {
      setupCents: amount(price.setupCents),
      retainerCents: amount(price.retainerCents),
      dayRateCents: amount(price.dayRateCents),
      daysPerMonth: price.daysPerMonth === 0 ? '' : page.format.number(price.daysPerMonth),
      feePerUnitCents: amount(price.feePerUnitCents),
      feeBasis: price.feeBasis,
      includedUnits: price.includedUnits === 0 ? '' : price.includedUnits,
      // A cap of nothing is a cap, unlike no cap.
      feeCapCents: price.feeCapCents === null ? '' : typedAmount(page, price.feeCapCents),
    },
    targets: { held: targets.held || '', qualified: targets.qualified || '' },
    qualificationCriteria: terms.qualificationCriteria.map(({ label }) => label).join('\n'),
    acceptanceDays: terms.acceptanceDays,
    agencyReferentId: terms.agencyReferentId,
    clientReferentId: terms.clientReferentId,
  };
}

export function engagementForm(
  page: Page,
  refused: Refused,
  people: { team: Member[]; contacts: Contact[]; currency: string },
): object {
  const make = fieldMaker(page, 'engagements.fields', refused);
  const money = { type: 'money', unit: currencySign(page, people.currency), isUnmarked: true } as const;
  const nobody: Option = { value: '', label: page.t('engagements.nobody') };
  const team = people.team.map(({ userId, name }) => ({ value: userId, label: name }));
  const contacts = people.contacts.map(({ id, name }) => ({ value: id, label: name }));
  const bases = FEE_BASES.map((value) => ({ value, label: page.t(`engagements.bases.${value}`) }));
  const fields = {
    startsOn: make('startsOn', { type: 'date', isRequired: true }),
    endsOn: make('endsOn', { type: 'date', hasHint: true }),
    setup: make('price.setupCents', money),
    retainer: make('price.retainerCents', {
      ...money,
      unit: page.t('engagements.aMonth', { unit: money.unit }),
    }),
    dayRate: make('price.dayRateCents', { ...money, unit: page.t('engagements.aDay', { unit: money.unit }) }),
    days: make('price.daysPerMonth', {
      type: 'number',
      isUnmarked: true,
      unit: page.t('engagements.daysAMonth'),
    }),
    fee: make('price.feePerUnitCents', money),
    basis: make('price.feeBasis', { type: 'select', options: bases, isRequired: true }),
    included: make('price.includedUnits', {
      type: 'number',
      isUnmarked: true,
      unit: page.t('engagements.unitsAMonth'),
      hasHint: true,
    }),
    cap: make('price.feeCapCents', {
      ...money,
      unit: page.t('engagements.aMonth', { unit: money.unit }),
      hasHint: true,
    }),
    held: make('targets.held', { type: 'number', isUnmarked: true, unit: page.t('engagements.unitsAMonth') }),
    qualified: make('targets.qualified', {
      type: 'number',
      isUnmarked: true,
      unit: page.t('engagements.unitsAMonth'),
    }),
    criteria: make('qualificationCriteria', { type: 'lines', hasHint: true, rows: 5 }),
    appliesFrom: make('appliesFromOn', { type: 'date', hasHint: true }),
    acceptance: make('acceptanceDays', {
      type: 'number',
      unit: page.t('engagements.businessDays'),
      hasHint: true,
    }),
    agencyReferent: make('agencyReferentId', { type: 'select', options: [nobody, ...team] }),
    clientReferent: make('clientReferentId', { type: 'select', options: [nobody, ...contacts] }),
  };
  return {
    fields,
    version: refused.values['version'],
    summary: errorSummary(refused, Object.values(fields)),
  };
}

/** "3500,00" in French, "3500.00" in English: what the reader of the form takes back without a doubt. */
function typedAmount(page: Page, cents: number): string {
  const decimal = centsAsDecimal(cents).replace(/\.00$/, '');
  return page.locale === 'fr' ? decimal.replace('.', ',') : decimal;
}

function currencySign(page: Page, currency: string): string {
  const parts = new Intl.NumberFormat(page.locale, { style: 'currency', currency }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}
