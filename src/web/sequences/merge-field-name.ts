import { columnOf, type MergeField } from '../../sequences/writing/merge-fields.js';
import type { Page } from '../rendering/page.js';

/** Fields that no file brings under that name. */
const OWN: readonly string[] = [
  'companyDomain',
  'senderName',
  'clientName',
  'notice',
] satisfies readonly MergeField[];

/** What a field of a message is called where nobody writes templates: a column of a file by its own name. */
export function mergeFieldName(page: Page, field: string): string {
  return (
    columnOf(field) ??
    page.t(OWN.includes(field) ? `sequences.fieldNames.${field}` : `imports.field.${field}`)
  );
}
