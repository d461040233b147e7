import type { Locale } from '../accounts/actor.js';
import { FRENCH_DEPARTMENTS, FRENCH_INDUSTRIES, FRENCH_SENIORITIES } from './french-source-words.js';

/*
 * Industries, departments and ranks come as their source writes them, which is in English for Apollo, LinkedIn and the tools
 * that read it. They are stored, compared and given to programs so; a French reader is shown the French word, where
 * there is one. What nobody knows, and what is French already, stays as it is.
 */

/** "Logistics & Supply Chain" → « Logistique et chaîne d’approvisionnement ». */
export function industryText(locale: Locale, label: string): string {
  return said(locale, industries, label);
}

/** "Finance, C-Suite" → « Finance, Direction générale »: a source may name several. */
export function departmentText(locale: Locale, label: string): string {
  return label
    .split(/(\s*[,;]\s*)/u)
    .map((part) => said(locale, departments, part))
    .join('');
}

/** "Entry" → « Débutant ». */
export function seniorityText(locale: Locale, label: string): string {
  return said(locale, seniorities, label);
}

type Words = ReadonlyMap<string, string>;
const industries = wordsOf(FRENCH_INDUSTRIES);
const departments = wordsOf(FRENCH_DEPARTMENTS);
const seniorities = wordsOf(FRENCH_SENIORITIES);

function said(locale: Locale, words: Words, label: string): string {
  return locale === 'fr' ? (words.get(keyOf(label)) ?? label) : label;
}

function wordsOf(lines: string): Words {
  return new Map(
    lines
      .trim()
      .split('\n')
      .map((line) => {
        const [english, french] = line.split(' = ');
        return [keyOf(english!), french!.trim()];
      }),
  );
}

/** LOGISTICS_AND_SUPPLY_CHAIN is what another tool makes of "Logistics & Supply Chain". */
function keyOf(label: string): string {
  return label
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
