import { foldLabel } from '../../shared/folded-text.js';

/**
 * What a column may become, with the labels that say so (compared on letters and digits only).
 * A label stands under one field; what a label means in one source only is in source-signature.ts.
 */
const labels = {
  externalId: 'contact id, person id, prospect id, lead id, record id, id contact',
  email:
    'email, e-mail, mail, email address, adresse email, adresse e-mail, adresse mail, courriel, work email, email pro, e-mail professionnel, business email, contact email, primary email',
  emailStatus: 'email status, statut email, email verification, email verification status, email quality',
  firstName: 'first name, firstname, given name, prénom, forename, prénom du contact, contact first name',
  lastName:
    'last name, lastname, surname, family name, nom, nom de famille, nom du contact, contact last name',
  fullName:
    'full name, fullname, name, nom complet, prénom nom, nom prénom, nom et prénom, prénom et nom, contact, contact name',
  title:
    'title, job title, jobtitle, position, fonction, poste, intitulé de poste, titre, current job, job, role, occupation',
  jobFunction: 'departments, department, job function, service',
  seniority: 'seniority, job seniority, niveau hiérarchique, séniorité',
  linkedinUrl:
    'linkedin, linkedin url, person linkedin url, linkedin profile, linkedin profile url, linkedin url public, profil linkedin, url linkedin, lien linkedin, contact linkedin url',
  phone:
    'phone, phone number, téléphone, tél, tel, telephone, work direct phone, direct phone, work phone, ligne directe, téléphone direct, téléphone fixe, fixe, direct dial',
  mobilePhone:
    'mobile, mobile phone, mobile phone number, portable, téléphone portable, tél portable, téléphone mobile, gsm, cell phone',
  city: 'city, ville, person city, contact city',
  region: 'state, region, state/region, région, province, person state',
  country: 'country, pays, country/region, person country, contact country',
  location: 'location, localisation, lieu, person location',
  timeZone: 'timezone, time zone, fuseau horaire',
  doNotContact:
    'do not contact, unsubscribed, opt out, optout, opted out, ne pas contacter, opposition, désinscrit, blacklisted',
  companyName:
    'company, company name, entreprise, société, raison sociale, organisation, organization, account, account name, employer, dénomination, person company name, nom de l’entreprise, nom entreprise, nom société, current company, company name for emails',
  website:
    'website, website url, company website, company domain, domain, domaine, site, site web, site internet, url du site, company website url, company domain name, person company website, web',
  companyLinkedinUrl:
    'company linkedin url, company linkedin, linkedin entreprise, regular company url, company linkedin profile',
  industry:
    'industry, company industry, person company industry, secteur, secteur d’activité, industrie, activité, sector',
  nafCode: 'code naf, naf, code ape, ape, code naf ape, naf code',
  siren: 'siren, numéro siren, n° siren, siret, numéro siret, n° siret',
  headcount:
    'employees, # employees, number of employees, effectif, effectifs, headcount, company size, taille, taille de l’entreprise, nombre de salariés, nb salariés, salariés, company employee range, company headcount, employee count, tranche d’effectif',
  companyPhone:
    'company phone, corporate phone, standard, téléphone entreprise, téléphone standard, company phone number',
  companyCity: 'company city, ville entreprise, ville du siège',
  companyRegion: 'company state, company region, région entreprise',
  companyCountry: 'company country, pays entreprise',
  companyLocation: 'company location, company address city, localisation entreprise',
  technologies: 'technologies, technology, tech stack',
} as const;

export type TargetField = keyof typeof labels;
export const TARGET_FIELDS = Object.keys(labels) as TargetField[];

const fieldByLabel = new Map<string, TargetField>(
  TARGET_FIELDS.flatMap((field) =>
    labels[field].split(', ').map((label) => [foldLabel(label), field] as const),
  ),
);

export function isTargetField(name: string): name is TargetField {
  return Object.hasOwn(labels, name);
}

/** The field a label names in any file, or null. */
export function fieldOfLabel(label: string): TargetField | null {
  return fieldByLabel.get(foldLabel(label)) ?? null;
}

/** Whether a cell reads like the label of a field, which is how a header row is told from a preamble. */
export function isKnownLabel(label: string): boolean {
  return label.length <= 60 && fieldByLabel.has(foldLabel(label));
}
