import type { ColumnMapping } from '../../prospects/import/column-mapping.js';
import { canIdentify, doubledFields } from '../../prospects/import/column-mapping.js';
import type { Import } from '../../prospects/import/import.entity.js';
import { draftReader } from '../../prospects/import/row-draft.js';
import { spacedPhone } from '../../shared/phone-number.js';
import { countryName } from '../country-name.js';
import { LEFT_OUT, targetChoices, understoodFacts } from './import-words.view.js';
import type { Form, Page, Refused } from '../rendering/page.js';

const EXAMPLES = 3;
const PREVIEWED = 5;

/** The step where a person looks at the columns and chooses. `refused` holds what was chosen, when it did not do. */
export function importColumns(
  page: Page,
  one: Import,
  { country, timeZone, team }: { country: string; timeZone: string; team: readonly NamedPerson[] },
  refused: Refused | null,
) {
  const { t } = page;
  const { labels, sample } = one.understanding;
  const mapping = refused === null ? one.mapping : mappingIn(refused.values, one.mapping);
  const onDuplicate = chosenIn(refused, 'onDuplicate') ?? one.onDuplicate;
  const columns = labels.map((label, at) => ({
    name: `mapping[c${at}]`,
    id: `column-${at}`,
    label,
    examples: examplesOf(sample, at),
    isCustom: mapping[at] === null || mapping[at]?.startsWith('custom:') === true,
    choices: targetChoices(t, label, mapping[at] ?? null),
  }));
  const empty = columns.filter(({ examples }) => examples.length === 0);
  return {
    action: `/imports/${one.id}/check`,
    previewAction: `/imports/${one.id}/preview`,
    facts: understoodFacts(t, one.understanding),
    sheets: sheetChoices(one, refused),
    problem: refused?.problem ?? null,
    mappingError: refused === null ? null : mappingError(page, one, mapping, refused),
    isHelpless: !canIdentify(mapping),
    groups: grouped(columns),
    empty,
    emptyText: t('imports.columns.emptyCount', { count: empty.length }),
    preview: importPreview(page, one, mapping, country),
    duplicates: (['fill', 'skip', 'overwrite'] as const).map((value) => ({
      value,
      label: t(`imports.onDuplicate.${value}`),
      hint: t(`imports.onDuplicate.${value}Hint`),
      isChecked: onDuplicate === value,
    })),
    active: (['bring', 'leave'] as const).map((value) => ({
      value,
      label: t(`imports.onActive.${value}`),
      hint: t(`imports.onActive.${value}Hint`),
      isChecked: (chosenIn(refused, 'onActive') ?? one.onActive) === value,
    })),
    remembered: rememberedNote(page, one, timeZone),
    owners: ownerChoices(page, one, team, refused),
    listName: chosenIn(refused, 'listName') ?? one.listName ?? '',
  };
}

interface NamedPerson {
  id: string;
  name: string;
}

/** An SDR who has not chosen yet brings people in for themselves, and may take them for nobody else. */
function ownerChoices(page: Page, one: Import, team: readonly NamedPerson[], refused: Refused | null) {
  const { actor, isManager } = page.frame;
  const usual = one.status === 'uploaded' && actor?.role === 'sdr' ? actor.userId : (one.ownerId ?? '');
  const chosen = chosenIn(refused, 'ownerId') ?? usual;
  const people = isManager ? team : team.filter(({ id }) => id === actor?.userId);
  const label = ({ id, name }: NamedPerson) =>
    id === actor?.userId ? page.t('imports.owner.me', { name }) : name;
  return [
    { value: '', label: page.t('imports.owner.nobody'), isSelected: chosen === '' },
    ...people.map((person) => ({
      value: person.id,
      label: label(person),
      isSelected: chosen === person.id,
    })),
  ];
}

/** What is wrong with the columns, in the words the page has for them. */
function mappingError(
  page: Page,
  { understanding }: Import,
  mapping: ColumnMapping,
  { errors }: Refused,
): string | null {
  const said = Object.entries(errors).find(([path]) => path.startsWith('mapping'))?.[1] ?? null;
  const [doubled] = doubledFields(mapping, understanding);
  if (said === null || doubled === undefined) return said;
  const columns = doubled.columns.map((at) => understanding.labels[at] ?? '');
  const field = page.t(`imports.field.${doubled.field}`);
  return page.t('imports.columns.doubled', { field, columns: columns.join(', ') });
}

/** Null when there is nothing to choose. */
function sheetChoices({ id, understanding }: Import, refused: Refused | null) {
  const { sheet, sheets = [] } = understanding;
  if (sheets.length < 2) return null;
  return {
    action: `/imports/${id}/sheet`,
    error: refused?.errors['sheet'] ?? null,
    choices: sheets.map((name) => ({ name, isSelected: name === sheet })),
  };
}

function rememberedNote(page: Page, { id, understanding }: Import, zone: string) {
  const { rememberedAt } = understanding;
  if (rememberedAt == null) return null;
  return {
    text: page.t('imports.remembered.text', { date: page.format.date(new Date(rememberedAt), zone) }),
    action: `/imports/${id}/forget-mapping`,
  };
}

type Column = { examples: string[]; isCustom: boolean };

/** What we know comes first; columns without a value in the first rows are folded away. */
function grouped<T extends Column>(columns: readonly T[]): { isCustom: boolean; columns: T[] }[] {
  const filled = columns.filter(({ examples }) => examples.length > 0);
  return [false, true]
    .map((isCustom) => ({ isCustom, columns: filled.filter((column) => column.isCustom === isCustom) }))
    .filter((group) => group.columns.length > 0);
}

function examplesOf(sample: readonly (readonly string[])[], at: number): string[] {
  const filled = sample.map((row) => row[at]?.trim() ?? '').filter(Boolean);
  return [...new Set(filled)].slice(0, EXAMPLES).map(shortened);
}

/** The first rows as they would be stored. */
export function importPreview(page: Page, one: Import, mapping: ColumnMapping, country: string) {
  const read = draftReader({ ...one.understanding, mapping }, { defaultCountry: country });
  const rows = one.understanding.sample.slice(0, PREVIEWED).map((cells) => {
    const { person, company, custom, problem } = read(cells);
    const phone = person.mobilePhone ?? person.phone;
    const size =
      company?.headcount == null ? (company?.headcountBand ?? null) : page.format.number(company.headcount);
    return {
      problem: problem === null ? null : page.t(`imports.reason.${problem}`),
      name: person.fullName,
      title: person.title,
      email: person.email,
      phone: phone && spacedPhone(phone),
      linkedin: person.linkedinUrl?.replace('https://www.linkedin.com', '') ?? null,
      company: company?.name ?? null,
      companySub: [company?.domain, company?.industry, size].filter((part) => part != null).join(' · '),
      place: [person.city, countryName(page.locale, person.country)].filter(Boolean).join(', '),
      customCount: Object.keys(custom).length,
      custom: Object.entries(custom)
        .slice(0, 12)
        .map(([name, value]) => page.format.pair(name, shortened(value)))
        .join('\n'),
    };
  });
  return { rows };
}

/** The columns as a form sends them: `mapping[c0]`, since a list would close up over the ones left out. */
export function mappingIn(form: Form, understood: ColumnMapping): ColumnMapping {
  const wanted = (form['mapping'] ?? {}) as Record<string, unknown>;
  return understood.map((target, at) => {
    const value = wanted[`c${at}`];
    if (typeof value !== 'string') return target;
    return value === LEFT_OUT ? null : (value as ColumnMapping[number]);
  });
}

/** The form as the service's input. */
export function columnsInput(form: Form): Form {
  const { mapping, ...rest } = form;
  const entries = Object.entries((mapping ?? {}) as Record<string, unknown>).map(([name, value]) => {
    return [name.replace(/^c(?=\d+$)/u, ''), value === LEFT_OUT ? null : value] as const;
  });
  return { ...rest, mapping: Object.fromEntries(entries) };
}

function chosenIn(refused: Refused | null, name: string): string | null {
  const value = refused?.values[name];
  return typeof value === 'string' ? value : null;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
