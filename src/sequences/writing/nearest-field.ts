import { mergeFields } from './merge-fields.js';

/** What people type instead of a field's own name, folded. */
const alsoCalled: Readonly<Record<string, string>> = {
  prenom: 'firstName',
  first: 'firstName',
  nom: 'lastName',
  last: 'lastName',
  name: 'fullName',
  nomcomplet: 'fullName',
  societe: 'companyName',
  entreprise: 'companyName',
  company: 'companyName',
  poste: 'title',
  fonction: 'title',
  job: 'title',
  jobtitle: 'title',
  ville: 'city',
  pays: 'country',
  secteur: 'industry',
  domaine: 'companyDomain',
  site: 'companyDomain',
  website: 'companyDomain',
  expediteur: 'senderName',
  sender: 'senderName',
  signature: 'senderName',
  client: 'clientName',
  mentions: 'notice',
};

/** The field somebody most likely meant by an unknown one; null when nothing is near. `columns` are custom ones. */
export function nearestField(typed: string, columns: readonly string[] = []): string | null {
  const wanted = folded(typed.replace(/^custom\./, ''));
  if (wanted === '') return null;
  const known = [
    ...columns.map((column) => ({ field: written(column), key: folded(column) })),
    ...mergeFields.map((field) => ({ field, key: folded(field) })),
    ...Object.entries(alsoCalled).map(([key, field]) => ({ field, key })),
  ];
  const ranked = known
    .map(({ field, key }) => ({ field, distance: distanceOf(wanted, key) }))
    .sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 3)) ? best.field : null;
}

/** A column as a template names it: `custom.sector`, or `custom.[Secteur précis]`. */
export function written(column: string): string {
  return /^\w+$/.test(column) ? `custom.${column}` : `custom.[${column}]`;
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 60);
}

/** Letters to add, drop or change to get from one word to the other (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const change = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
