import { writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { CITIES, companyNames, laterCompanyNames, MEN, slug, SURNAMES, WOMEN } from './names.js';
import { Dice } from './random.js';

/*
 * Writes the files in seeds/data: what an agency would download for its clients, from four sources, with the blanks,
 * doubles and oddities of real ones. Run once: `node --import @swc-node/register/esm-register seeds/write-data.ts`.
 */

interface Sector {
  industry: string;
  naf: string;
}

interface Person {
  id: string;
  first: string;
  last: string;
  title: string;
  seniority: string;
  department: string;
  email: string;
  phone: string;
  linkedin: string;
  company: string;
  domain: string;
  headcount: number;
  sector: Sector;
  city: string;
  region: string;
}

type Job = readonly [ofHim: string, ofHer: string, seniority: string, department: string];

const dice = new Dice(20260601);
const companies = shuffled(companyNames());

const INDUSTRY: Sector[] = [
  { industry: 'Machinery', naf: '28.29B' },
  { industry: 'Automotive', naf: '29.32Z' },
  { industry: 'Plastics', naf: '22.29A' },
  { industry: 'Food Production', naf: '10.13A' },
  { industry: 'Mining & Metals', naf: '25.62B' },
  { industry: 'Packaging & Containers', naf: '17.21A' },
  { industry: 'Chemicals', naf: '20.59Z' },
  { industry: 'Retail', naf: '47.11F' },
];
const SERVICES: Sector[] = [
  { industry: 'Conseil en systèmes informatiques', naf: '62.02A' },
  { industry: 'Édition de logiciels', naf: '58.29C' },
  { industry: 'Assurance', naf: '65.12Z' },
  { industry: 'Ingénierie', naf: '71.12B' },
  { industry: 'Banque', naf: '64.19Z' },
  { industry: 'Construction', naf: '41.20B' },
  { industry: 'Administration publique', naf: '84.11Z' },
];
const LOGISTICS: Sector[] = [
  { industry: 'Logistics & Supply Chain', naf: '52.29A' },
  { industry: 'Warehousing', naf: '52.10B' },
  { industry: 'Wholesale', naf: '46.39B' },
  { industry: 'Supermarkets', naf: '47.11D' },
  { industry: 'Real Estate', naf: '68.20B' },
];

const PLANT_JOBS: Job[] = [
  ['Directeur industriel', 'Directrice industrielle', 'Director', 'Operations'],
  ['Directeur de production', 'Directrice de production', 'Director', 'Operations'],
  ['Responsable maintenance', 'Responsable maintenance', 'Manager', 'Operations'],
  ['Directeur de site', 'Directrice de site', 'Director', 'Operations'],
  ['Responsable amélioration continue', 'Responsable amélioration continue', 'Manager', 'Operations'],
  ['Directeur général', 'Directrice générale', 'C suite', 'C-Suite'],
  ['Technicien de maintenance', 'Technicienne de maintenance', 'Entry', 'Operations'],
];
const PEOPLE_JOBS: Job[] = [
  ['DRH', 'DRH', 'Director', 'Human Resources'],
  ['Directeur des ressources humaines', 'Directrice des ressources humaines', 'Director', 'Human Resources'],
  ['Responsable formation', 'Responsable formation', 'Manager', 'Human Resources'],
  ['Responsable développement RH', 'Responsable développement RH', 'Manager', 'Human Resources'],
  ['Directeur général', 'Directrice générale', 'C suite', 'C-Suite'],
  ['Chargé de formation', 'Chargée de formation', 'Entry', 'Human Resources'],
];
const ENERGY_JOBS: Job[] = [
  ['Directeur administratif et financier', 'Directrice administrative et financière', 'Director', 'Finance'],
  ['Directeur logistique', 'Directrice logistique', 'Director', 'Operations'],
  ['Responsable immobilier', 'Responsable immobilier', 'Manager', 'Operations'],
  ['Directeur RSE', 'Directrice RSE', 'Director', 'Operations'],
  ['Président', 'Présidente', 'C suite', 'C-Suite'],
  ['Assistant de direction', 'Assistante de direction', 'Entry', 'Operations'],
];

function people(count: number, sectors: Sector[], jobs: Job[], least: number, most: number): Person[] {
  const found: Person[] = [];
  const taken = new Set<string>();
  while (found.length < count) {
    const company = companies.pop()!;
    const domain = `${slug(company)}.example`;
    const sector = dice.of(sectors);
    const headcount = Math.round(10 ** (Math.log10(least) + dice.next() * Math.log10(most / least)));
    const [city, region] = dice.of(CITIES);
    for (let n = dice.whole(1, 3); n > 0 && found.length < count; n -= 1) {
      const isWoman = dice.hits(0.5);
      const first = dice.of(isWoman ? WOMEN : MEN);
      const last = dice.of(SURNAMES).replace('-', ' ');
      const email = `${slug(first)}.${slug(last)}@${domain}`;
      if (taken.has(email)) continue;
      taken.add(email);
      const [ofHim, ofHer, seniority, department] = dice.of(jobs);
      const id = Array.from({ length: 24 }, () => dice.whole(0, 15).toString(16)).join('');
      found.push({
        id,
        first,
        last,
        title: isWoman ? ofHer : ofHim,
        seniority,
        department,
        email,
        phone: dice.hits(0.6) ? `+33 ${dice.whole(1, 5)} ${phonePairs()}` : '',
        linkedin: dice.hits(0.85) ? `${slug(first)}-${slug(last)}-${id.slice(0, 6)}` : '',
        company,
        domain,
        headcount,
        sector,
        city,
        region,
      });
    }
  }
  return found;
}

/** Numbers reserved for fiction by the French regulator all lie in a few ranges; these stay inside one of them. */
function phonePairs(): string {
  return `99 00 ${String(dice.whole(0, 99)).padStart(2, '0')} ${String(dice.whole(0, 99)).padStart(2, '0')}`;
}

function apollo(list: Person[]): string {
  const columns =
    'First Name,Last Name,Title,Company Name,Company Name for Emails,Email,Email Status,Primary Email Source,Seniority,Departments,Contact Owner,Work Direct Phone,Mobile Phone,Corporate Phone,Do Not Call,Stage,Lists,# Employees,Industry,Keywords,Person Linkedin Url,Website,Company Linkedin Url,City,State,Country,Company City,Company Country,Technologies,Apollo Contact Id,Apollo Account Id'.split(
      ',',
    );
  const rows = list.map((one, index) => [
    one.first,
    one.last,
    one.title,
    index % 9 === 0 ? `${one.company} SAS` : one.company,
    one.company,
    one.email,
    dice.hits(0.8) ? 'Verified' : 'Extrapolated',
    'Apollo',
    one.seniority,
    one.department,
    'lea@agence-epure.example',
    one.phone && `'${one.phone}`,
    '',
    '',
    'FALSE',
    'Cold',
    '',
    dice.hits(0.93) ? one.headcount : '',
    one.sector.industry,
    'industrie; production; usine',
    one.linkedin && `http://www.linkedin.com/in/${one.linkedin}`,
    `http://www.${one.domain}`,
    '',
    one.city,
    one.region,
    'France',
    one.city,
    'France',
    dice.hits(0.4) ? 'SAP, Microsoft Office 365' : 'Microsoft Office 365',
    one.id,
    '',
  ]);
  return stringify([columns, ...rows]);
}

function frenchSheet(list: Person[]): string {
  const columns =
    'Prénom;Nom;Société;Fonction;E-mail;Téléphone;LinkedIn;Effectif;Secteur;Code NAF;SIREN;Ville;Pays;Source du contact'.split(
      ';',
    );
  const rows = list.map((one) => [
    one.first,
    one.last.toUpperCase(),
    dice.hits(0.2) ? `${one.company} SARL` : one.company,
    one.title,
    dice.hits(0.94) ? one.email : '',
    one.phone.replace('+33 ', '0'),
    one.linkedin && `https://fr.linkedin.com/in/${one.linkedin}/`,
    dice.hits(0.9) ? one.headcount : '',
    one.sector.industry,
    one.sector.naf,
    '',
    one.city,
    'France',
    dice.of(['Salon', 'Annuaire', 'Recommandation']),
  ]);
  return stringify([columns, ...rows], { delimiter: ';', record_delimiter: '\r\n' });
}

function phantomBuster(list: Person[]): string {
  const columns =
    'profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,titleDescription,industry,companyLocation,location,durationInRole,durationInCompany,pastExperienceCompanyName,connectionDegree,profileImageUrl,sharedConnectionsCount,name,vmid,linkedInProfileUrl,isPremium,isOpenLink,query,timestamp,defaultProfileUrl'.split(
      ',',
    );
  const rows = list.map((one) => {
    const url = one.linkedin ? `https://www.linkedin.com/in/${one.linkedin}` : '';
    return columns.map((column) => {
      const known: Record<string, string> = {
        profileUrl: `https://www.linkedin.com/sales/lead/ACwAA${one.id.slice(0, 12)},NAME_SEARCH`,
        fullName: `${one.first} ${one.last}`,
        firstName: one.first,
        lastName: one.last,
        companyName: one.company,
        title: one.title,
        industry: one.sector.industry,
        companyLocation: `${one.city}, France`,
        location: `${one.city}, ${one.region}, France`,
        durationInRole: `${dice.whole(1, 9)} ans dans le poste`,
        connectionDegree: dice.of(['2nd', '3rd']),
        name: `${one.first} ${one.last}`,
        vmid: `ACwAA${one.id.slice(0, 18)}`,
        linkedInProfileUrl: url,
        defaultProfileUrl: url,
        isPremium: 'false',
        isOpenLink: 'false',
        timestamp: '2026-05-18T08:12:44.120Z',
      };
      return known[column] ?? '';
    });
  });
  return stringify([columns, ...rows]);
}

function shuffled<T>(list: T[]): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = dice.whole(0, last);
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}

/** Some people come twice in every real file. */
const withDoubles = (list: Person[], every: number): Person[] => [
  ...list,
  ...list.filter((_, index) => index % every === 7),
];

const write = (name: string, content: string | Buffer): void =>
  writeFileSync(new URL(`data/${name}`, import.meta.url), content);

write('nordia-apollo.csv', apollo(withDoubles(people(1150, INDUSTRY, PLANT_JOBS, 30, 3000), 60)));
write(
  'clairval-fichier-salon.csv',
  iconv.encode(frenchSheet(withDoubles(people(950, SERVICES, PEOPLE_JOBS, 40, 8000), 50)), 'win1252'),
);
write('helia-sales-navigator.csv', phantomBuster(people(420, LOGISTICS, ENERGY_JOBS, 20, 2000)));
write('helia-apollo.csv', apollo(people(480, LOGISTICS, ENERGY_JOBS, 20, 2000)));
companies.push(...shuffled(laterCompanyNames()));
write('nordia-apollo-nouveaux-sites.csv', apollo(people(240, INDUSTRY, PLANT_JOBS, 40, 2500)));
