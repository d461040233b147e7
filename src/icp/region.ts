import { iso31662 } from 'iso-3166';
import { remember } from '../shared/remember.js';
import { plain } from './plain-words.js';

interface Subdivision {
  code: string;
  name: string;
  /** The subdivision above, or the country. */
  parent: string;
}

/** Names in daily use that ISO 3166-2 does not list: in English, in French, or short. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  brittany: 'FR-BRE',
  normandy: 'FR-NOR',
  corsica: 'FR-20R',
  'paris region': 'FR-IDF',
  'region parisienne': 'FR-IDF',
  'greater paris': 'FR-IDF',
  'greater paris metropolitan region': 'FR-IDF',
  aura: 'FR-ARA',
  paca: 'FR-PAC',
  catalonia: 'ES-CT',
  catalogne: 'ES-CT',
  andalusia: 'ES-AN',
  bavaria: 'DE-BY',
  baviere: 'DE-BY',
  flanders: 'BE-VLG',
  flandre: 'BE-VLG',
  wallonia: 'BE-WAL',
  wallonie: 'BE-WAL',
  brussels: 'BE-BRU',
  bruxelles: 'BE-BRU',
  'bruxelles capitale': 'BE-BRU',
  lombardy: 'IT-25',
  lombardie: 'IT-25',
};

/** French regions before 2016 lie in one of today's: told of a person they place them, asked for they mean less than it. */
const FORMER: Readonly<Record<string, string>> = {
  burgundy: 'FR-BFC',
  bourgogne: 'FR-BFC',
  'franche comte': 'FR-BFC',
  alsace: 'FR-GES',
  lorraine: 'FR-GES',
  'champagne ardenne': 'FR-GES',
  picardie: 'FR-HDF',
  'nord pas de calais': 'FR-HDF',
  'haute normandie': 'FR-NOR',
  'basse normandie': 'FR-NOR',
  centre: 'FR-CVL',
  auvergne: 'FR-ARA',
  'rhone alpes': 'FR-ARA',
  aquitaine: 'FR-NAQ',
  limousin: 'FR-NAQ',
  'poitou charentes': 'FR-NAQ',
  'midi pyrenees': 'FR-OCC',
  'languedoc roussillon': 'FR-OCC',
};

const BY_CODE = new Map<string, Subdivision>(iso31662.map((entry) => [entry.code, entry]));
const BY_NAME = new Map<string, string[]>();
for (const { code, name } of iso31662) {
  // "Guyane (française)", "Bruxelles-Capitale, Région de;Brussels Hoofdstedelijk Gewest": each way of saying it.
  for (const part of name.split(/[;,]/)) {
    const said = words(part.replaceAll(/\([^)]*\)/g, ' '));
    if (said !== '') BY_NAME.set(said, [...(BY_NAME.get(said) ?? []), code]);
  }
}

/** The ISO 3166-2 code a region, county or state is written by, name or code; null when it is none we know. */
export function readRegion(text: string, country: string | null = null): string | null {
  return read(`${country ?? ''}|${text}`);
}

const read = remember((asked): string | null => {
  const [country = '', ...rest] = asked.split('|');
  const text = rest.join('|').trim();
  const code = text.toUpperCase();
  if (BY_CODE.has(code)) return code;
  if (/^[A-Z0-9]{1,3}$/.test(code) && BY_CODE.has(`${country || 'FR'}-${code}`))
    return `${country || 'FR'}-${code}`;
  const said = words(text);
  const alias = ALSO_CALLED[said] ?? FORMER[said];
  if (alias !== undefined && (country === '' || alias.startsWith(country))) return alias;
  const codes = (BY_NAME.get(said) ?? []).filter((one) => country === '' || one.startsWith(`${country}-`));
  return codes.find((one) => one.startsWith('FR-')) ?? (codes.length === 1 ? codes[0]! : null);
});

/** As `readRegion`, of a region that is asked for. */
export function readWantedRegion(text: string): string | null {
  return words(text) in FORMER ? null : readRegion(text);
}

/** Whether a subdivision is another, or lies in it: the Rhône is in Auvergne-Rhône-Alpes. */
export function isWithin(code: string, wanted: string): boolean {
  for (let at: string | undefined = code; at !== undefined; at = BY_CODE.get(at)?.parent) {
    if (at === wanted) return true;
  }
  return false;
}

/** The subdivision right below its country: FR-69 → FR-ARA. */
export function regionAbove(code: string): string {
  let at = code;
  for (let entry = BY_CODE.get(at); entry !== undefined && BY_CODE.has(entry.parent);) {
    at = entry.parent;
    entry = BY_CODE.get(at);
  }
  return at;
}

/** The name of ISO 3166-2, as its own country writes it. */
export function regionLabel(code: string): string | null {
  return BY_CODE.get(code)?.name ?? null;
}

function words(text: string): string {
  return plain(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
