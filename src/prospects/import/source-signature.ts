import { foldLabel } from '../../shared/folded-text.js';
import { OWN_IDS } from './identity-keys.js';
import type { TargetField } from './target-field.js';

export const SOURCES = [
  'carnet',
  'apollo',
  'phantombuster',
  'evaboot',
  'linkedin_connections',
  'salesloft',
  'hubspot',
  'sequencer',
  'french_sheet',
  'other',
] as const;
export type Source = (typeof SOURCES)[number];

interface Signature {
  source: Source;
  /** All of these labels, folded. */
  all: string[];
  /** And at least one of these, when there are any. */
  any?: string[];
  /** And the labels as written match this. */
  written?: RegExp;
  /** What a label means in this source only; null = nothing we keep as a field. */
  meanings?: Record<string, TargetField | null>;
  /** Labels of columns that are left out. */
  leftOut?: string[];
  /** How ids of this source are told from those of another. */
  idPrefix?: string;
}

/** Most telling first. `linkedin` ids are shared by the two tools that read Sales Navigator. */
const signatures: Signature[] = [
  {
    source: 'carnet',
    all: [],
    any: ['carnetid', 'identifiantcarnet'],
    meanings: { carnetid: 'externalId', identifiantcarnet: 'externalId' },
    // The first and the last name say it apart, and where somebody stands is no news from a file.
    leftOut: [
      ...['fullname', 'status', 'daytocallback', 'sdr', 'fit', 'score', 'lastactivity', 'added'],
      ...['nomcomplet', 'statut', 'jourdurappel', 'cible', 'derniereactivite', 'ajoute'],
    ],
    idPrefix: OWN_IDS,
  },
  {
    source: 'apollo',
    all: ['apollocontactid'],
    meanings: { apollocontactid: 'externalId', stage: null },
    idPrefix: 'apollo',
  },
  {
    source: 'phantombuster',
    all: ['vmid'],
    meanings: {
      vmid: 'externalId',
      linkedinprofileurl: 'linkedinUrl',
      defaultprofileurl: 'linkedinUrl',
      profileurl: 'linkedinUrl',
      companyurl: 'companyLinkedinUrl',
      name: null,
    },
    idPrefix: 'linkedin',
  },
  {
    source: 'evaboot',
    all: ['linkedinurluniqueid'],
    meanings: { linkedinurluniqueid: 'externalId' },
    idPrefix: 'linkedin',
  },
  {
    source: 'linkedin_connections',
    all: ['connectedon'],
    any: ['url', 'position'],
    meanings: { url: 'linkedinUrl' },
  },
  {
    source: 'salesloft',
    all: ['emailaddress'],
    any: ['personcompanyname', 'personcompanywebsite', 'jobseniority'],
    meanings: { crmid: 'externalId' },
    idPrefix: 'salesloft-crm',
  },
  {
    source: 'hubspot',
    all: ['email'],
    any: ['lifecyclestage', 'leadstatus'],
    meanings: { recordid: 'externalId' },
    idPrefix: 'hubspot',
  },
  { source: 'sequencer', all: ['email', 'firstname'], written: /(?:^|\n)(?:firstName|first_name)(?:\n|$)/u },
  {
    source: 'french_sheet',
    all: [],
    any: ['prenom', 'societe', 'entreprise', 'raisonsociale', 'codenaf', 'siren', 'courriel'],
  },
];

export interface SourceReading {
  source: Source;
  meanings: Record<string, TargetField | null>;
  leftOut: ReadonlySet<string>;
  idPrefix: string;
}

/** Which tool wrote this header. */
export function recogniseSource(labels: readonly string[]): SourceReading {
  const folded = new Set(labels.map(foldLabel));
  const found = signatures.find(
    ({ all, any, written }) =>
      all.every((label) => folded.has(label)) &&
      (any === undefined || any.some((label) => folded.has(label))) &&
      (written === undefined || written.test(labels.join('\n'))),
  );
  return {
    source: found?.source ?? 'other',
    meanings: found?.meanings ?? {},
    leftOut: new Set(found?.leftOut),
    idPrefix: found?.idPrefix ?? 'file',
  };
}
