import type { Client } from '../../clients/client.entity.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { heirChoices } from './heirs.view.js';
import { errorSummary } from '../form-field.view.js';
import type { Page, Refused } from '../rendering/page.js';

/** What taking somebody off a client would strand, and who could take it on. */
export interface Departure {
  client: Client;
  person: { id: string; name: string; isOnTeam: boolean };
  prospects: number;
  open: number;
  heirs: readonly { id: string; name: string }[];
}

export const leaveAddress = (clientId: string, userId: string) =>
  `/clients/${clientId}/people/${userId}/unassign`;

export function departureView(page: Page, departure: Departure, refused: Refused) {
  const { client, person, prospects, open, heirs } = departure;
  const names = { name: person.name, client: client.name };
  const title = page.t(person.isOnTeam ? 'contacts.leaving.title' : 'bulk.handOver.title', names);
  const isOwner = prospects > 0;
  return {
    title,
    frame: clientFrame(page, client, 'overview', {
      heading: title,
      trail: [{ href: `/clients/${client.id}/contacts`, label: page.t('contacts.title') }],
    }),
    action: leaveAddress(client.id, person.id),
    list: `/clients/${client.id}/contacts`,
    summary: errorSummary(refused, []),
    problem: Object.values(refused.errors)[0] ?? refused.problem,
    text: page.t(isOwner ? 'contacts.leaving.owns' : 'contacts.leaving.ownsNone', {
      ...names,
      n: prospects,
      open,
    }),
    isOwner,
    prospectsHref: `/clients/${client.id}/prospects?owner=${person.id}`,
    ...heirChoices(heirs, refused),
    submit: page.t(
      !person.isOnTeam
        ? 'bulk.handOver.action'
        : isOwner
          ? 'contacts.leaving.handOver'
          : 'contacts.leaving.action',
    ),
  };
}
