import nomenclature from '@socialgouv/codes-naf';
import { plain } from './plain-words.js';

export interface NafEntry {
  readonly code: string;
  readonly label: string;
}

/** NAF rév. 2 (INSEE), every level from division "62" to sub-class "62.01Z". */
const ENTRIES: readonly NafEntry[] = nomenclature.map(({ id, label }) => ({ code: id, label }));
const LABELS = new Map(ENTRIES.map(({ code, label }) => [code, label]));
const SEARCHABLE = ENTRIES.map((entry) => ({
  entry,
  text: plain(`${entry.code} ${squeeze(entry.code)} ${entry.label}`),
}));

/**
 * The code as INSEE prints it ("6201z", "62.01 Z" and "APE 6201Z" → "62.01Z"; "620" → "62.0"), whole or a prefix of one.
 * null when the text is no code at all. A code that has the form but no label is kept: the nomenclature changes in 2027.
 */
export function readNaf(text: string): string | null {
  const [, division, group, letter] = /^(?:NAF|APE)?(\d{2})(\d{0,2})([A-Z]?)$/.exec(squeeze(text)) ?? [];
  if (division === undefined) return null;
  if (letter && group?.length !== 2) return null;
  return group ? `${division}.${group}${letter ?? ''}` : division;
}

/** Whether a code, or a prefix of one, covers another: "62" and "62.01" both cover "62.01Z". */
export function coversNaf(prefix: string, code: string): boolean {
  const wanted = readNaf(prefix);
  const found = readNaf(code);
  return wanted !== null && found !== null && squeeze(found).startsWith(squeeze(wanted));
}

export function nafLabel(code: string): string | null {
  const canonical = readNaf(code);
  return canonical === null ? null : (LABELS.get(canonical) ?? null);
}

/** Look-up by code or by words of the label, shortest codes first; at most `limit` entries. */
export function searchNaf(query: string, limit = 20): NafEntry[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return SEARCHABLE.filter(({ text }) => words.every((word) => text.includes(word)))
    .map(({ entry }) => entry)
    .filter((entry, index, all) => !isRepeatedBelow(entry, all[index + 1]))
    .sort((a, b) => a.code.length - b.code.length || a.code.localeCompare(b.code))
    .slice(0, limit);
}

/** A level with a single child repeats its label ("62.01" and "62.01Z"): only the deeper one is worth showing. */
function isRepeatedBelow(entry: NafEntry, next: NafEntry | undefined): boolean {
  return next !== undefined && next.code.startsWith(entry.code) && next.label === entry.label;
}

function squeeze(text: string): string {
  return text.toUpperCase().replaceAll(/[\s.:-]/g, '');
}
