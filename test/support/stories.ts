import type { Actor } from '../../src/accounts/actor.js';
import type { Client } from '../../src/clients/client.entity.js';
import { Clients } from '../../src/clients/clients.service.js';
import type { Contact } from '../../src/clients/contact.entity.js';
import { Contacts } from '../../src/clients/contacts.service.js';
import type { AgreedEngagement } from '../../src/clients/engagements.queries.js';
import { Engagements } from '../../src/clients/engagements.service.js';
import type { WrittenIcp } from '../../src/icp/icp.queries.js';
import { Icps } from '../../src/icp/icps.service.js';
import type { World } from './world.js';

/** What Nordia looks for: heads of sales of French and Belgian software firms of 50 to 500 people. */
export const NORDIA_ICP = {
  name: 'Directions commerciales, logiciel',
  industries: ['Logiciels'],
  nafCodes: ['58.29', '62'],
  headcount: { min: 50, max: 500 },
  countries: ['FR', 'BE'],
  functions: ['sales', 'general_management'],
  seniorities: ['head', 'director', 'vp', 'c_level', 'owner'],
  exclusions: { domains: ['concurrent.fr'], titleKeywords: ['stagiaire'] },
};

/** 3,500.00 a month, then 250.00 a qualified meeting beyond the second, at most 1,500.00 a month. */
export const NORDIA_TERMS = {
  startsOn: '2026-01-01',
  targets: { held: 8, qualified: 5 },
  price: {
    setupCents: 150_000,
    retainerCents: 350_000,
    feePerUnitCents: 25_000,
    includedUnits: 2,
    feeCapCents: 150_000,
  },
  qualificationCriteria: [
    { key: 'budget', label: 'Un budget est identifié' },
    { key: 'need', label: 'Le besoin est exprimé' },
  ],
  acceptanceDays: 5,
};

/** What Nordia's record needs for the notice of its messages. */
export const NORDIA_NOTICE = {
  legalName: 'Nordia Industrie SAS',
  privacyUrl: 'https://www.nordia.example/donnees',
  dataSourceFr: 'du site de votre entreprise',
  dataSourceEn: 'your company’s website',
};

export interface Setting {
  client: Client;
  engagement: AgreedEngagement;
  icp: WrittenIcp;
  /** Receives the meetings. */
  host: Contact;
}

/** A client ready for work: engagement since 2026-01-01, one ICP, one person who receives meetings. */
export async function readyClient(world: World, name = 'Nordia', by?: Actor): Promise<Setting> {
  const actor = by ?? (await world.admin());
  const client = await world
    .get(Clients)
    .open(actor, { name, timeZone: 'Europe/Paris', locale: 'fr', country: 'FR' });
  // A manager's sight was read before the client existed.
  const insider: Actor =
    actor.clients === 'all' ? actor : { ...actor, clients: [...actor.clients, client.id] };
  return {
    client,
    engagement: await world.get(Engagements).agree(insider, client.id, NORDIA_TERMS),
    icp: await world.get(Icps).define(insider, client.id, NORDIA_ICP),
    host: await world.get(Contacts).add(insider, client.id, {
      name: 'Hélène Hôte',
      email: `helene.hote@${name.toLowerCase().replaceAll(/[^a-z]+/g, '')}.example`,
      title: 'Directrice commerciale',
    }),
  };
}
