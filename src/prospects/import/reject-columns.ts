/** Our own columns in a rejects file: the row in the file that came, what became of it, and why. */
export type RejectColumns = readonly [row: string, outcome: string, reason: string];

/** By the language of whoever takes the file; programs take the English one. */
export const REJECT_COLUMNS: Readonly<Record<'en' | 'fr', RejectColumns>> = {
  en: ['Carnet row', 'Carnet outcome', 'Carnet reason'],
  fr: ['Carnet ligne', 'Carnet issue', 'Carnet motif'],
};
