import type { ColumnTarget } from '../../prospects/import/column-mapping.js';
import { TARGET_FIELDS, type TargetField } from '../../prospects/import/target-field.js';
import type { Understanding } from '../../prospects/import/understanding.js';
import type { Translate } from '../rendering/translations.service.js';

export const LEFT_OUT = '-';
const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
const ENCODINGS: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
  macintosh: 'Mac Roman',
  cp850: 'DOS 850',
  xlsx: 'Excel (XLSX)',
};

/** Fields of the company begin so in TARGET_FIELDS, up to its end. */
const FIRST_OF_COMPANY = TARGET_FIELDS.indexOf('companyName');

/** "Apollo · 75 columns · UTF-8 · separated by commas · header in row 1". */
export function understoodFacts(
  t: Translate,
  { source, sheet, encoding, delimiter, labels, skippedRecords, hasHeader }: Understanding,
) {
  return [
    { label: t('imports.understood.source'), value: t(`imports.source.${source}`) },
    { label: t('imports.understood.columns'), value: String(labels.length) },
    { label: t('imports.understood.encoding'), value: ENCODINGS[encoding] ?? encoding.toUpperCase() },
    sheet === undefined
      ? {
          label: t('imports.understood.delimiter'),
          value: t(`imports.delimiter.${DELIMITERS[delimiter] ?? 'comma'}`),
        }
      : { label: t('imports.understood.sheet'), value: sheet },
    {
      label: t('imports.understood.header'),
      value: hasHeader
        ? t('imports.understood.headerRow', { row: skippedRecords })
        : t('imports.understood.noHeader'),
    },
  ];
}

interface Choice {
  value: string;
  label: string;
  isSelected: boolean;
}

/** What a column may become: left out, a custom field of its own name, or one of our fields. */
export function targetChoices(
  t: Translate,
  label: string,
  chosen: ColumnTarget,
): { own: Choice[]; person: Choice[]; company: Choice[] } {
  const field = (name: TargetField): Choice => ({
    value: name,
    label: t(`imports.field.${name}`),
    isSelected: chosen === name,
  });
  const custom = chosen?.startsWith('custom:') === true ? chosen : `custom:${label}`;
  return {
    own: [
      { value: LEFT_OUT, label: t('imports.leftOut'), isSelected: chosen === null },
      {
        value: custom,
        label: t('imports.customField', { name: custom.slice('custom:'.length) }),
        isSelected: chosen === custom,
      },
    ],
    person: TARGET_FIELDS.slice(0, FIRST_OF_COMPANY).map(field),
    company: TARGET_FIELDS.slice(FIRST_OF_COMPANY).map(field),
  };
}
