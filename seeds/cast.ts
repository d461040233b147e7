import type { EngagementInput } from '../src/clients/engagement.dto.js';
import type { IcpInput } from '../src/icp/icp.dto.js';
import type { SequenceInput } from '../src/sequences/sequence.dto.js';

/* Who and what the demo agency is made of. Everybody signs in with the same password. */

export const PASSWORD = 'carnet-demo-2026';

export const AGENCY = { agencyName: 'Agence Épure', locale: 'fr', timeZone: 'Europe/Paris' } as const;

export const PEOPLE = {
  admin: { name: 'Claire Delmas', email: 'claire@agence-epure.example', role: 'admin' },
  manager: { name: 'Hugo Lambert', email: 'hugo@agence-epure.example', role: 'manager' },
  lea: { name: 'Léa Moreau', email: 'lea@agence-epure.example', role: 'sdr' },
  karim: { name: 'Karim Benali', email: 'karim@agence-epure.example', role: 'sdr' },
  manon: { name: 'Manon Petit', email: 'manon@agence-epure.example', role: 'sdr' },
} as const;

type Answers = Record<
  'interested' | 'later' | 'not_interested' | 'wrong_person' | 'replied' | 'do_not_contact',
  number
>;

/** How the people of a market answer; shares of what is tried. */
export interface Temper {
  /** A mail or message is answered. */
  reply: number;
  /** Of the written answers, how they come out; and of the conversations on the phone. */
  answers: Answers;
  spoken: Answers;
  /** An interested person books. */
  booking: number;
  /** Meetings, once their time has come. */
  outcomes: Record<
    'held' | 'no_show_guest' | 'no_show_host' | 'cancelled_guest' | 'cancelled_client' | 'moved',
    number
  >;
  /** A held meeting is claimed as qualified. */
  claim: number;
  /** The client's word on a claim. */
  verdicts: Record<'accept' | 'contest' | 'silence', number>;
}

export interface Account {
  client: { name: string; domain: string; locale: 'fr' | 'en'; country: string };
  portal: { name: string; email: string };
  hosts: { name: string; email: string; title: string }[];
  /** Months before today that the work began. */
  monthsAgo: number;
  engagement: Omit<EngagementInput, 'startsOn' | 'agencyReferentId' | 'clientReferentId'>;
  icp: IcpInput;
  /** The client's lists: brought when the work begins, or lately. */
  files: { name: string; list: string; broughtDaysAgo?: number }[];
  sequence: SequenceInput;
  /** Enrolled on each Monday, and worked a day at most. */
  pace: { enrolledAWeek: number; stepsADay: number };
  sdrs: (keyof typeof PEOPLE)[];
  temper: Temper;
}

/** Who writes for whom, where the address comes from, and how to object: part of every first message. */
const NOTICE = '{{notice}}';

const STEPS = (subject: string, opening: string, offer: string): SequenceInput['steps'] => [
  {
    day: 0,
    channel: 'email',
    variants: [
      {
        subject,
        body: `Bonjour {{firstName}},\n\n${opening}\n\n${offer}\n\nSeriez-vous ouvert à un échange de 30 minutes ?\n\n{{senderName}}, pour {{clientName}}\n\n${NOTICE}`,
      },
      {
        subject: `{{companyName}} : une question`,
        body: `Bonjour {{firstName}},\n\nUne question courte : ${offer.charAt(0).toLowerCase()}${offer.slice(1)} Est-ce un sujet chez {{companyName}} cette année ?\n\n{{senderName}}, pour {{clientName}}\n\n${NOTICE}`,
      },
    ],
  },
  {
    day: 2,
    channel: 'linkedin_invite',
    variants: [
      {
        body: 'Bonjour {{firstName}}, je vous ai écrit au sujet de {{companyName}} ; au plaisir d’échanger ici.',
      },
    ],
  },
  {
    day: 4,
    channel: 'call',
    variants: [{ body: `Se présenter, rappeler le message. ${offer} Proposer deux créneaux.` }],
  },
  {
    day: 7,
    channel: 'email',
    variants: [
      {
        subject: 'Re : ' + subject,
        body: 'Bonjour {{firstName}},\n\nJe me permets de revenir vers vous. Deux entreprises de votre secteur ont commencé par un simple état des lieux ; je peux vous en dire plus de vive voix.\n\n{{senderName}}',
      },
    ],
  },
  {
    day: 12,
    channel: 'call',
    variants: [{ body: 'Dernier appel : savoir si le sujet est ouvert, sinon à quel moment revenir.' }],
  },
];

export const ACCOUNTS: Account[] = [
  {
    client: { name: 'Nordia Industrie', domain: 'nordia.example', locale: 'fr', country: 'FR' },
    portal: { name: 'Isabelle Roche', email: 'isabelle@nordia.example' },
    hosts: [
      { name: 'Isabelle Roche', email: 'isabelle@nordia.example', title: 'Directrice commerciale' },
      { name: 'Paul Guérin', email: 'paul@nordia.example', title: 'Ingénieur d’affaires' },
    ],
    monthsAgo: 6,
    engagement: {
      targets: { held: 7, qualified: 4 },
      price: {
        setupCents: 180_000,
        retainerCents: 340_000,
        feePerUnitCents: 12_000,
        feeBasis: 'qualified',
        includedUnits: 2,
        feeCapCents: 120_000,
      },
      qualificationCriteria: [
        { key: 'site', label: 'Site de production de plus de 50 personnes' },
        { key: 'decision', label: 'Interlocuteur décideur ou prescripteur' },
        { key: 'project', label: 'Projet de maintenance dans les 12 mois' },
      ],
      acceptanceDays: 5,
    },
    icp: {
      name: 'Sites industriels de taille moyenne',
      industries: [
        'Machinery',
        'Automotive',
        'Plastics',
        'Food Production',
        'Mining & Metals',
        'Packaging & Containers',
        'Chemicals',
      ],
      headcount: { min: 50, max: 2000 },
      countries: ['FR'],
      titleKeywords: ['directeur', 'directrice', 'responsable', 'production', 'maintenance', 'industriel'],
      exclusions: { industries: ['Retail'], titleKeywords: ['technicien', 'stagiaire'] },
    },
    files: [
      { name: 'nordia-apollo.csv', list: 'Apollo, première liste' },
      { name: 'nordia-apollo-nouveaux-sites.csv', list: 'Apollo, nouveaux sites', broughtDaysAgo: 5 },
    ],
    sequence: {
      name: 'Maintenance prédictive : premier contact',
      steps: STEPS(
        'Arrêts de ligne chez {{companyName}}',
        'Je vous écris de la part de Nordia Industrie, qui aide les sites de production à prévoir les pannes de leurs machines.',
        'En trois mois, un site comparable a réduit ses arrêts non prévus de 18 %.',
      ),
    },
    pace: { enrolledAWeek: 24, stepsADay: 40 },
    sdrs: ['lea'],
    temper: {
      reply: 0.045,
      answers: {
        interested: 42,
        later: 16,
        not_interested: 27,
        wrong_person: 8,
        replied: 5,
        do_not_contact: 2,
      },
      spoken: {
        interested: 23,
        later: 20,
        not_interested: 40,
        wrong_person: 11,
        replied: 4,
        do_not_contact: 2,
      },
      booking: 0.78,
      outcomes: {
        held: 74,
        no_show_guest: 8,
        no_show_host: 2,
        cancelled_guest: 6,
        cancelled_client: 2,
        moved: 8,
      },
      claim: 0.82,
      verdicts: { accept: 78, contest: 6, silence: 16 },
    },
  },
  {
    client: { name: 'Clairval Formation', domain: 'clairval.example', locale: 'fr', country: 'FR' },
    portal: { name: 'Marc Vidal', email: 'marc@clairval.example' },
    hosts: [{ name: 'Marc Vidal', email: 'marc@clairval.example', title: 'Directeur du développement' }],
    monthsAgo: 5,
    engagement: {
      targets: { held: 7, qualified: 5 },
      price: {
        setupCents: 150_000,
        retainerCents: 290_000,
        feePerUnitCents: 9_000,
        feeBasis: 'held',
        includedUnits: 3,
        feeCapCents: 90_000,
      },
      qualificationCriteria: [
        { key: 'size', label: 'Plus de 100 salariés' },
        { key: 'role', label: 'Responsable du plan de formation' },
      ],
      acceptanceDays: 5,
    },
    icp: {
      name: 'Directions RH des services',
      nafCodes: ['58', '62', '64', '65', '71'],
      headcount: { min: 50, max: 8000 },
      countries: ['FR'],
      titleKeywords: ['RH', 'DRH', 'ressources humaines', 'formation', 'directeur général'],
      exclusions: { nafCodes: ['84'], titleKeywords: ['chargée', 'assistante'] },
    },
    files: [{ name: 'clairval-fichier-salon.csv', list: 'Salon RH de Lyon' }],
    sequence: {
      name: 'Plan de formation 2027',
      steps: STEPS(
        'Le plan de formation de {{companyName}}',
        'Je vous écris de la part de Clairval Formation, qui forme les managers de proximité dans les entreprises de services.',
        'Huit entreprises sur dix reconduisent le parcours la deuxième année.',
      ),
    },
    pace: { enrolledAWeek: 22, stepsADay: 34 },
    sdrs: ['karim'],
    temper: {
      reply: 0.035,
      answers: {
        interested: 35,
        later: 20,
        not_interested: 30,
        wrong_person: 9,
        replied: 4,
        do_not_contact: 2,
      },
      spoken: {
        interested: 17,
        later: 22,
        not_interested: 43,
        wrong_person: 12,
        replied: 4,
        do_not_contact: 2,
      },
      booking: 0.7,
      outcomes: {
        held: 66,
        no_show_guest: 13,
        no_show_host: 3,
        cancelled_guest: 7,
        cancelled_client: 2,
        moved: 9,
      },
      claim: 0.75,
      verdicts: { accept: 66, contest: 12, silence: 22 },
    },
  },
  {
    client: { name: 'Hélia Énergie', domain: 'helia.example', locale: 'fr', country: 'FR' },
    portal: { name: 'Sonia Picard', email: 'sonia@helia.example' },
    hosts: [
      { name: 'Sonia Picard', email: 'sonia@helia.example', title: 'Responsable grands comptes' },
      { name: 'Yann Kervella', email: 'yann@helia.example', title: 'Chef de projet toitures' },
    ],
    monthsAgo: 3,
    engagement: {
      targets: { held: 6, qualified: 4 },
      price: {
        setupCents: 120_000,
        retainerCents: 0,
        dayRateCents: 52_000,
        daysPerMonth: 6,
        feePerUnitCents: 0,
        feeBasis: 'qualified',
      },
      qualificationCriteria: [
        { key: 'roof', label: 'Toiture de plus de 2 000 m²' },
        { key: 'owner', label: 'Propriétaire ou bail de plus de 10 ans' },
      ],
      acceptanceDays: 5,
    },
    icp: {
      name: 'Entrepôts et logistique',
      industries: ['Logistics & Supply Chain', 'Warehousing', 'Wholesale', 'Supermarkets'],
      headcount: { min: 30, max: 1500 },
      countries: ['FR'],
      titleKeywords: ['directeur', 'directrice', 'responsable', 'président'],
      exclusions: { titleKeywords: ['assistante'] },
    },
    files: [
      { name: 'helia-sales-navigator.csv', list: 'Sales Navigator, logistique' },
      { name: 'helia-apollo.csv', list: 'Apollo, entrepôts' },
    ],
    sequence: {
      name: 'Toitures solaires : directions logistiques',
      steps: STEPS(
        'Les toitures de {{companyName}}',
        'Je vous écris de la part d’Hélia Énergie, qui équipe les toitures d’entrepôts en panneaux solaires.',
        'L’installation est financée par l’énergie produite, sans avance de votre part.',
      ),
    },
    pace: { enrolledAWeek: 16, stepsADay: 26 },
    sdrs: ['manon'],
    temper: {
      reply: 0.03,
      answers: {
        interested: 28,
        later: 22,
        not_interested: 34,
        wrong_person: 10,
        replied: 4,
        do_not_contact: 2,
      },
      spoken: {
        interested: 13,
        later: 24,
        not_interested: 45,
        wrong_person: 12,
        replied: 4,
        do_not_contact: 2,
      },
      booking: 0.6,
      outcomes: {
        held: 60,
        no_show_guest: 16,
        no_show_host: 4,
        cancelled_guest: 9,
        cancelled_client: 3,
        moved: 8,
      },
      claim: 0.7,
      verdicts: { accept: 60, contest: 14, silence: 26 },
    },
  },
];
