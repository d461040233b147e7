import type { MergePreview, PreviewedField } from '../../prospects/merge/merge-preview.queries.js';
import type { Prospect } from '../../prospects/prospect.entity.js';
import { spacedPhone } from '../../shared/phone-number.js';
import { countryName } from '../country-name.js';
import { evidenceLines } from './duplicates.view.js';
import type { Page } from '../rendering/page.js';
import { shortUrl } from '../short-url.js';

/** The two of a pair side by side: what comes from whom, and what will be. */
export function mergePreviewView(page: Page, base: string, preview: MergePreview) {
  const { survivor, other, status, objection, hindrance, facts } = preview;
  const side = (prospect: Prospect) => ({
    id: prospect.id,
    href: `/prospects/${prospect.id}`,
    name: prospect.fullName,
    version: prospect.version,
    status: prospect.status,
    statusText: page.t(`prospects.status.${prospect.status}`),
    since: page.t('duplicates.since', {
      when: page.format.date(prospect.createdAt, 'UTC'),
      n: facts.get(prospect.id) ?? 0,
    }),
  });
  return {
    base,
    survivor: side(survivor),
    other: side(other),
    swapHref: `${base}?${new URLSearchParams({ one: other.id, other: survivor.id }).toString()}`,
    reasons: evidenceLines(page, preview.evidence),
    rows: preview.fields.map((field) => fieldRow(page, preview, field)),
    status,
    statusText: page.t(`prospects.status.${status}`),
    opposition: oppositionText(page, objection),
    hindrance: hindrance === null ? null : page.t(`errors.${hindrance}`),
  };
}

function fieldRow(page: Page, preview: MergePreview, { field, side, isChoice }: PreviewedField) {
  const cell = (from: 'survivor' | 'other') => ({
    value: from,
    text: valueText(page, preview, preview[from], field),
    isTaken: field === 'custom' || side === from,
    id: `take-${field}-${from}`,
  });
  return {
    field,
    label: page.t(`duplicates.fields.${field}`),
    note: field === 'custom' && isChoice ? page.t('duplicates.customNote') : null,
    isChoice,
    cells: [cell('survivor'), cell('other')].map((one) => ({
      ...one,
      isChecked: side === one.value,
      name: `take[${field}]`,
    })),
  };
}

function valueText(
  page: Page,
  { owners }: MergePreview,
  prospect: Prospect,
  field: PreviewedField['field'],
): string {
  const { city, region, country, custom } = prospect;
  switch (field) {
    case 'name':
      return prospect.fullName;
    case 'company':
      return prospect.companyName ?? '';
    case 'linkedin':
      return prospect.linkedinUrl === null ? '' : shortUrl(prospect.linkedinUrl);
    case 'phone':
    case 'mobilePhone':
      return prospect[field] === null ? '' : spacedPhone(prospect[field]);
    case 'place':
      return [city, region, countryName(page.locale, country)].filter(Boolean).join(', ');
    case 'owner':
      return owners.get(prospect.ownerId ?? '') ?? '';
    case 'custom':
      return Object.entries(custom ?? {})
        .map(([name, value]) => page.format.pair(name, value))
        .join(' · ');
    default:
      return prospect[field] ?? '';
  }
}

function oppositionText(page: Page, objection: MergePreview['objection']): string | null {
  if (objection === 'all') return page.t('duplicates.opposed.all');
  if (objection.length === 0) return null;
  const channels = objection.map((channel) => page.t(`suppressions.channels.${channel}`)).join(', ');
  return page.t('duplicates.opposed.some', { channels });
}
