import { seededNumber } from '../../src/shared/seeded-number.js';

/*
 * A list as an agency buys it: people of many companies, some of them twice under another guise, and some who only look
 * like each other. Which row is whom is written down, so that what an import makes of it can be judged.
 */

const FIRST =
  'Claire Zoë Hélène Jean-Pierre Noël Chloé Marc Inès Paul Léa Hugo Anaïs Rémi Théo Jeanne Louis François Maëlle Cédric Gaël'.split(
    ' ',
  );
const SYLLABLES = 'ba be bi bo du da de di lo la le li mo ma ra ré ri ro sa sé si to ta té vi vo'.split(' ');
const TITLES = [
  'Directrice commerciale',
  'Head of Sales',
  'DSI',
  'Responsable marketing',
  'CEO',
  'Acheteuse',
];
const LABELS =
  'Prénom;Nom;Société;Fonction;E-mail;Téléphone;LinkedIn;Effectif;Secteur;Code NAF;Site web;SIREN;Contact Id;Ville;Pays;Ligne';

interface Person {
  first: string;
  last: string;
  company: string;
  title: string;
  email: string;
  phone: string;
  linkedin: string;
  headcount: string;
  site: string;
  siren: string;
  id: string;
  row: string;
}

/** Each makes of a person the same person as another source would write them. */
export const GUISES: Record<string, (person: Person) => Partial<Person>> = {
  'address in capitals with a plus-tag': (p) => ({
    email: p.email.toUpperCase().replace('@', '+SALON@'),
    linkedin: '',
    id: '',
    site: '',
  }),
  'address wrapped by a mail program': (p) => ({
    email: `"${p.last}, ${p.first}" <${p.email}>`,
    linkedin: '',
    id: '',
    site: '',
  }),
  'two addresses in one cell': (p) => ({ email: `${p.email} ; ${p.id}@gmail.com`, linkedin: '', id: '' }),
  'profile of another country with tracking': (p) => ({
    email: '',
    id: '',
    site: '',
    linkedin: `http://fr.linkedin.com/in/${p.linkedin.split('/in/')[1]!.toUpperCase()}/?trk=people&lipi=1`,
  }),
  'profile as a phone shows it': (p) => ({
    email: '',
    id: '',
    site: '',
    linkedin: `m.linkedin.com/in/${p.linkedin.split('/in/')[1]!}#about`,
  }),
  'name without accents at the site with www': (p) => ({
    first: plain(p.first).toUpperCase(),
    last: plain(p.last).toUpperCase(),
    email: '',
    linkedin: '',
    id: '',
    company: p.company.replace('SARL', 'S.A.R.L.'),
    site: `https://www.${p.site}/fr/contact`,
  }),
  'name and SIRET, the legal form in front': (p) => ({
    email: '',
    linkedin: '',
    id: '',
    site: '',
    siren: `${p.siren.replace(/(...)(...)(...)/u, '$1 $2 $3')} 00012`,
    company: `S.A.R.L. ${p.company.replace(' SARL', '').toUpperCase()}`,
  }),
  'id of the source, everything else changed': (p) => ({
    email: '',
    linkedin: '',
    site: '',
    company: 'Ancien employeur',
    first: p.first,
    title: 'En poste',
  }),
};

/** Who looks like somebody and is somebody else; each is told from the person before. */
const LOOKALIKES: ((person: Person) => Partial<Person>)[] = [
  // A homonym at a company of the same name elsewhere.
  (p) => ({ site: p.site.replace('.example', '-transports.example'), siren: '' }),
  // A brother or sister at the same company.
  () => ({ first: 'Octave' }),
  // Somebody of that last name at a company with the same site under another ending.
  (p) => ({ first: 'Ulysse', site: p.site.replace('.example', '.test'), siren: '' }),
];

export interface PlantedList {
  /** CSV, the header in row 1. */
  text: string;
  /** By row number: the row of the person it really is, for the planted ones. */
  planted: Map<number, { of: number; guise: string }>;
}

/** @param rate the share of rows that are duplicates, an equal part of each guise */
export function plantedList(rows: number, rate = 0.05, seed = 1): PlantedList {
  let drawn = 0;
  const random = () => seededNumber(`${seed} ${(drawn += 1)}`);
  const guises = Object.entries(GUISES);
  const planted: PlantedList['planted'] = new Map();
  const originals: Person[] = [];
  const lines = [LABELS];
  while (lines.length <= rows) {
    const number = lines.length + 1;
    if (originals.length > 20 && random() < rate) {
      const original = originals.splice(Math.floor(random() * originals.length), 1)[0]!;
      const [guise, disguise] = guises[planted.size % guises.length]!;
      const twin = { ...original, ...disguise(original), row: String(number) };
      if (!suits(guise, original)) {
        originals.push(original);
        continue;
      }
      planted.set(number, { of: Number(original.row), guise });
      lines.push(lineOf(twin, random));
      continue;
    }
    const wantsSiren = guises[planted.size % guises.length]![0].includes('SIRET');
    const person = newPerson(number, random, wantsSiren || random() < 0.1);
    originals.push(person);
    lines.push(lineOf(person, random));
    if (random() < 0.1 && lines.length <= rows) {
      const other = { ...person, ...LOOKALIKES[number % LOOKALIKES.length]!(person) };
      const row = String(lines.length + 1);
      const own = {
        email: `autre.${row}@gmail.com`,
        linkedin: `https://www.linkedin.com/in/autre-${row}`,
        id: `X${row}`,
      };
      lines.push(lineOf({ ...other, ...own, row }, random));
    }
  }
  return { text: `${lines.join('\n')}\n`, planted };
}

/** A SIRET tells who has no site, and a site who has one. */
function suits(guise: string, { site }: Person): boolean {
  if (guise.includes('SIRET')) return site === '';
  return site !== '' || !guise.includes('site');
}

function newPerson(number: number, random: () => number, isSmall: boolean): Person {
  const word = (length: number) =>
    Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!).join('');
  const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
  const [first, last] = [
    FIRST[Math.floor(random() * FIRST.length)]!,
    capital(word(3)) + (random() < 0.2 ? ` ${capital(word(2))}` : ''),
  ];
  const name = `${word(2)}-${Math.floor(number / 4)}`;
  const mailbox = plain(`${first}.${last}`).toLowerCase().replaceAll(' ', '-');
  return {
    first,
    last,
    company: `${capital(name)} SARL`,
    title: TITLES[number % TITLES.length]!,
    // A small firm has no site and writes from a mailbox anybody can have; it is known by its SIREN.
    email: isSmall ? `${mailbox}.${number}@gmail.com` : `${mailbox}@${name}.example`,
    phone: `06 39 98 ${String(10 + (number % 90))} ${String(10 + (Math.floor(number / 90) % 90))}`,
    linkedin: `https://www.linkedin.com/in/${mailbox}-${number}`,
    headcount: String(5 + (number % 600)),
    site: isSmall ? '' : `${name}.example`,
    siren: isSmall ? String(300_000_000 + number) : '',
    id: `C${number}`,
    row: String(number),
  };
}

function lineOf(p: Person, random: () => number): string {
  const phone = random() < 0.5 ? p.phone : `+33${p.phone.replaceAll(' ', '').slice(1)}`;
  const cells = [
    p.first,
    p.last,
    p.company,
    p.title,
    p.email,
    phone,
    p.linkedin,
    p.headcount,
    'Logiciels',
    '62.01Z',
    p.site,
    p.siren,
    p.id,
    'Lyon',
    'France',
    p.row,
  ];
  return cells.map((cell) => (/[";]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';');
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

export interface FoundDuplicate {
  rowNumber: number;
  /** What the prospect it was taken for says of the row it came from (the column `Ligne`). */
  of: number;
}

/** Of what was taken for a duplicate, how much is one; of the planted, how much was found, by guise. */
export function judgeDuplicates(planted: PlantedList['planted'], found: readonly FoundDuplicate[]) {
  const right = found.filter(({ rowNumber, of }) => planted.get(rowNumber)?.of === of);
  const byGuise = Object.fromEntries(
    Object.keys(GUISES).map((guise) => {
      const all = [...planted.values()].filter((one) => one.guise === guise).length;
      const hits = right.filter(({ rowNumber }) => planted.get(rowNumber)!.guise === guise).length;
      return [guise, all === 0 ? 1 : hits / all];
    }),
  );
  return {
    precisionRate: found.length === 0 ? 1 : right.length / found.length,
    recallRate: planted.size === 0 ? 1 : right.length / planted.size,
    byGuise,
  };
}
