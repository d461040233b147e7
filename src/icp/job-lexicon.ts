/** What a person works on. The order is the order of the choices on screen. */
export const JOB_FUNCTIONS = [
  'general_management',
  'sales',
  'marketing',
  'communication',
  'product',
  'engineering',
  'it',
  'data',
  'finance',
  'legal',
  'hr',
  'purchasing',
  'operations',
  'production',
  'logistics',
  'quality',
  'customer_service',
  'administration',
] as const;
export type JobFunction = (typeof JOB_FUNCTIONS)[number];

/** How far up a person stands, lowest first. */
export const SENIORITIES = [
  'intern',
  'junior',
  'staff',
  'senior',
  'manager',
  'head',
  'director',
  'vp',
  'c_level',
  'owner',
] as const;
export type Seniority = (typeof SENIORITIES)[number];

/** What one phrase of a title says. Either part may be silent. */
export interface Meaning {
  readonly functions: readonly JobFunction[];
  readonly seniority: Seniority | null;
}

/** Phrases that tell a function and nothing about rank; written without articles, singular, masculine. */
const FUNCTION_WORDS: Readonly<Record<JobFunction, string>> = {
  general_management: 'direction générale, general management, strategy, stratégie, c suite',
  sales:
    'vente, commercial, sales, revenue, business development, développement commercial, développement affaires, développement, biz dev, bizdev, bdm, sdr, bdr, grand compte, compte clé, key account, kam, avant vente, pre sales, presales, prospection, territory, channel, export, chiffre affaires',
  marketing:
    'marketing, marketing digital, digital marketing, marketing numérique, growth, acquisition, seo, sea, marque, brand, contenu, content, webmarketing, crm, demand generation, lead generation, trade',
  communication:
    'communication, relation presse, relation publique, public relation, social media, pr, média, media, événementiel, event, rse, csr',
  product: 'produit, product, ux, ui, design, user experience',
  engineering:
    'technique, technologie, technology, technical, tech, engineering, ingénierie, recherche, research, r&d, r & d, développement logiciel, software, logiciel, devops, innovation, cloud, backend, frontend, fullstack, full stack',
  it: 'informatique, information technology, technologie information, système information, information system, si, it, infrastructure, réseau, cybersécurité, cyber security, cybersecurity, sécurité informatique, security, information, digital, transformation numérique, numérique, erp',
  data: 'data, donnée, bi, business intelligence, analytics, machine learning, intelligence artificielle, ai, ia',
  finance:
    'finance, financier, financial, comptabilité, accounting, contrôle gestion, controlling, trésorerie, treasury, audit, fiscalité, tax, facturation, investor relation, administratif financier, crédit',
  legal:
    'juridique, legal, compliance, conformité, contrat, contract, droit, rgpd, gdpr, propriété intellectuelle',
  hr: 'ressource humaine, human resource, rh, hr, recrutement, recruiting, recruitment, talent, talent acquisition, people, paie, payroll, formation, learning, social',
  purchasing: 'achat, purchasing, procurement, approvisionnement, sourcing, buying',
  operations:
    'opération, operation, operating, exploitation, chantier, travaux, maintenance, service généraux, facility, facilities, immobilier, pmo, projet',
  production:
    'production, usine, plant, fabrication, manufacturing, industriel, industrial, atelier, méthode',
  logistics: 'logistique, logistics, supply chain, transport, entrepôt, warehouse, shipping, douane',
  quality: 'qualité, quality, qhse, hse, qse, ehs, sécurité environnement, lean, amélioration continue',
  customer_service:
    'relation client, service client, expérience client, customer, customer success, customer care, customer service, customer experience, support, sav, après vente, after sales, réclamation',
  administration: 'administratif, administration, office, secrétariat, accueil, back office',
};

/** Phrases that tell a rank and nothing about the work. */
const SENIORITY_WORDS: Readonly<Record<Seniority, string>> = {
  intern:
    'stagiaire, stage, alternant, alternance, apprenti, intern, internship, trainee, working student, étudiant, student',
  junior: 'junior, jr, débutant, entry, entry level, graduate',
  staff:
    'chargé, consultant, ingénieur, engineer, technicien, technician, attaché, conseiller, advisor, représentant, representative, specialist, spécialiste, analyst, analyste, coordinateur, coordinator, gestionnaire, collaborateur, assistant, employé, individual contributor, associate, opérateur, agent, contributor, chef projet, project manager, chef chantier, conducteur travaux, program manager, account executive, executive assistant, art director, directeur artistique, directeur clientèle, scrum master, chief of staff, adjoint directeur, adjoint direction',
  senior: 'senior, sr, lead, principal, expert, confirmé, staff engineer, référent, architecte, architect',
  manager:
    'manager, responsable, resp, chef service, chef département, chef équipe, chef agence, chef, supervisor, superviseur, team leader, team lead, mgr, encadrant',
  head: 'head, responsable national, responsable groupe',
  director: 'directeur, director, dir, directeur adjoint, executive director, direction',
  vp: 'vice président, vp, svp, evp, avp, senior vice president, executive vice president',
  c_level: 'chief, c suite, c level, c-level, cxo, comex, executive committee',
  owner: 'owner, propriétaire, associé, partner, managing partner, actionnaire',
};

type Compound = readonly [functions: string, seniority: Seniority | null, phrases: string];

/** Phrases that tell both, and phrases that would mislead if read word by word ("product owner" owns nothing). */
const COMPOUNDS: readonly Compound[] = [
  [
    'general_management',
    'c_level',
    'ceo, pdg, dg, dga, directeur général, directeur général adjoint, directeur général délégué, président directeur général, président, president, managing director, chief executive, chief executive officer, président directoire, directeur exécutif',
  ],
  [
    'general_management',
    'owner',
    'fondateur, founder, cofondateur, co fondateur, cofounder, co founder, gérant, cogérant, co gérant, dirigeant, chef entreprise, entrepreneur, business owner, associé gérant, managing partner, owner',
  ],
  [
    'general_management',
    'director',
    'general manager, country manager, secrétaire général, directeur pays, directeur filiale, directeur agence, directeur régional, business unit director, directeur bu, gm',
  ],
  ['general_management', 'staff', 'chief of staff, chief staff, directeur cabinet'],
  ['sales', 'c_level', 'cro, cco, chief commercial'],
  ['marketing', 'c_level', 'cmo'],
  ['finance', 'c_level', 'cfo'],
  ['engineering it', 'c_level', 'cto'],
  ['it', 'c_level', 'cio, ciso, chief information, chief digital, chief security'],
  ['operations', 'c_level', 'coo'],
  ['hr', 'c_level', 'chro'],
  ['product', 'c_level', 'cpo'],
  ['data', 'c_level', 'cdo'],
  ['legal', 'c_level', 'clo'],
  ['legal', 'director', 'general counsel, directeur juridique'],
  ['sales', 'director', 'dirco, dco, directeur développement'],
  ['hr', 'director', 'drh'],
  ['hr', 'manager', 'rrh'],
  ['sales', 'manager', 'chef vente'],
  ['finance', 'director', 'daf'],
  ['finance', 'manager', 'raf'],
  ['it', 'director', 'dsi, dosi'],
  ['it', 'manager', 'rsi, rssi'],
  ['communication', 'director', 'dircom'],
  ['engineering', 'director', 'dirtech'],
  ['legal', 'staff', 'dpo, juriste, avocat, lawyer, paralegal, compliance officer'],
  [
    'sales',
    'staff',
    'business developer, account manager, ingénieur affaires, chargé affaires, technico commercial, vendeur, sales executive, attaché commercial, chef secteur, délégué commercial, account executive, ingénieur commercial, apporteur affaires, sales development representative',
  ],
  [
    'marketing',
    'staff',
    'community manager, traffic manager, brand manager, content manager, copywriter, marketeur, marketer',
  ],
  ['product', 'staff', 'product owner, product manager, chef produit, designer, product designer'],
  ['communication', 'staff', 'graphiste, journaliste, attaché presse'],
  [
    'engineering',
    'staff',
    'développeur, developer, software engineer, ingénieur recherche, programmeur, developpeur web',
  ],
  [
    'it',
    'staff',
    'administrateur système, administrateur réseau, sysadmin, system administrator, technicien support',
  ],
  ['data', 'staff', 'data scientist, data engineer, data analyst, statisticien'],
  [
    'finance',
    'staff',
    'comptable, accountant, contrôleur gestion, controller, trésorier, auditeur, auditor, contrôleur financier',
  ],
  [
    'hr',
    'staff',
    'recruteur, recruiter, hr business partner, hrbp, gestionnaire paie, talent partner, people partner, business partner rh',
  ],
  ['purchasing', 'staff', 'acheteur, buyer, approvisionneur'],
  ['customer_service', 'staff', 'customer success manager, csm, téléconseiller'],
  [
    'administration',
    'staff',
    'secrétaire, office manager, assistant direction, executive assistant, standardiste, personal assistant, assistant administratif',
  ],
  [
    '',
    null,
    'développement durable, sustainable development, business partner, partner manager, channel partner, direction projet, staff, officer',
  ],
];

/** Every phrase with its meaning. The same phrase in two places adds its meanings up. */
export const LEXICON: ReadonlyMap<string, Meaning> = gather();

function gather(): Map<string, Meaning> {
  const lexicon = new Map<string, Meaning>();
  const compounds: Compound[] = [
    ...Object.entries(FUNCTION_WORDS).map(([name, phrases]): Compound => [name, null, phrases]),
    ...Object.entries(SENIORITY_WORDS).map(([rank, phrases]): Compound => ['', rank as Seniority, phrases]),
    ...COMPOUNDS,
  ];
  for (const [names, seniority, phrases] of compounds) {
    const functions = names.split(' ').filter(Boolean) as JobFunction[];
    for (const phrase of phrases.split(', ')) {
      const known = lexicon.get(phrase);
      lexicon.set(phrase, {
        functions: [...new Set([...(known?.functions ?? []), ...functions])],
        seniority: seniority ?? known?.seniority ?? null,
      });
    }
  }
  return lexicon;
}
