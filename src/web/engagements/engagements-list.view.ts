import type { Client } from '../../clients/client.entity.js';
import type { EngagementVersion } from '../../clients/engagement.entity.js';
import { clientFrame } from '../clients/client-frame.view.js';
import type { ClientOverview } from '../clients/client-overview.queries.js';
import { engagementCard } from '../clients/client-show.view.js';
import { priceLines, targetLines } from './engagement-terms.view.js';
import type { Page, PageModel } from '../rendering/page.js';

/** The engagements of a client, each with the terms in force and the versions before. */
export function engagementPage(
  page: Page,
  client: Client,
  overview: ClientOverview,
  versions: readonly EngagementVersion[][],
): PageModel {
  const canEdit = page.frame.isManager;
  const newHref = `/clients/${client.id}/engagements/new`;
  return {
    title: `${client.name} · ${page.t('clients.tabs.engagements')}`,
    frame: clientFrame(page, client, 'engagements', {
      actions: canEdit ? [{ href: newHref, label: page.t('engagements.new'), icon: 'plus' }] : [],
    }),
    canEdit,
    newHref,
    engagements: overview.engagements.map((agreed, index) => ({
      ...engagementCard(page, client, agreed, overview),
      canEdit,
      isHeaded: true,
      before: (versions[index] ?? []).slice(1).map((version) => versionRow(page, client, version)),
    })),
  };
}

function versionRow(
  page: Page,
  client: Client,
  { version, createdAt, appliesFromOn, price, targets, ...terms }: EngagementVersion,
): object {
  return {
    version: page.t('engagements.version', { version }),
    agreedOn: page.t('engagements.agreedOn', {
      at: page.format.moment(createdAt, client.timeZone),
      from: page.format.day(appliesFromOn),
    }),
    price: priceLines(page, price, client.currency),
    targets: targetLines(page, targets),
    criteria: terms.qualificationCriteria.map(({ label }) => label),
    acceptance: page.t('engagements.acceptanceValue', { n: terms.acceptanceDays }),
  };
}
