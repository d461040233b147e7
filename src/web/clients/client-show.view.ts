import type { Client } from '../../clients/client.entity.js';
import type { PortfolioClient } from '../../reporting/portfolio.queries.js';
import { nearestEngagement } from '../../clients/engagement-period.js';
import type { AgreedEngagement } from '../../clients/engagements.queries.js';
import { displayName } from '../../shared/display-name.js';
import { countryName } from '../country-name.js';
import { clientFrame } from './client-frame.view.js';
import type { ClientOverview } from './client-overview.queries.js';
import { setupSteps } from './client-setup.view.js';
import { monthOnTarget, priceLines, spanText, targetLines } from '../engagements/engagement-terms.view.js';
import { standingView } from '../report/portfolio.view.js';
import { criteriaSummary } from '../icp/icp-criteria.view.js';
import type { Page, PageModel } from '../rendering/page.js';

/** The page of one client: who they are, what was agreed, whom they look for, who works on both sides. */
export function clientPage(
  page: Page,
  client: Client,
  overview: ClientOverview,
  { today, standing }: { today: string; standing: PortfolioClient | null },
): PageModel {
  const home = `/clients/${client.id}`;
  const canEdit = page.frame.isManager;
  const nearest = nearestEngagement(
    overview.engagements.map((one) => one.engagement),
    today,
  );
  const agreed = overview.engagements.find((one) => one.engagement === nearest);
  return {
    title: client.name,
    frame: clientFrame(page, client, 'overview', {
      actions: canEdit ? [{ href: `${home}/edit`, label: page.t('clients.edit'), icon: 'edit' }] : [],
    }),
    home,
    canEdit,
    steps: setupSteps(page, client, overview),
    standing: standing && standing.hasEngagement ? standingView(page, standing) : null,
    facts: factsOf(page, client),
    engagement: agreed && engagementCard(page, client, agreed, overview),
    otherEngagements: Math.max(0, overview.engagements.length - 1),
    icps: overview.icps.map(({ icp, version }) => ({
      href: `${home}/icps/${icp.id}`,
      name: icp.name,
      version: page.t('icps.version', { version: icp.version }),
      summary: criteriaSummary(page, version.criteria),
    })),
    contacts: overview.contacts.map(({ name, title, isHost }) => ({ name, title, isHost })),
    team: overview.team.map(({ name, role, isDisabled }) => ({
      name,
      role: page.t(`clients.roles.${role}`),
      isDisabled,
    })),
    portalUsers: overview.portalUsers.map(({ name, email, isDisabled }) => ({ name, email, isDisabled })),
  };
}

export function engagementCard(
  page: Page,
  client: Client,
  { engagement, terms, state }: AgreedEngagement,
  people: Pick<ClientOverview, 'contacts' | 'team'>,
): object {
  const { price, targets } = terms;
  const referent = people.team.find(({ userId }) => userId === terms.agencyReferentId)?.name;
  const theirs = people.contacts.find(({ id }) => id === terms.clientReferentId)?.name;
  return {
    editHref: `/clients/${client.id}/engagements/${engagement.id}/edit`,
    state,
    stateText: page.t(`engagements.states.${state}`),
    span: spanText(page, engagement),
    version: page.t('engagements.version', { version: engagement.version }),
    price: priceLines(page, price, client.currency),
    onTarget: monthOnTarget(page, price, targets, client.currency),
    targets: targetLines(page, targets),
    criteria: terms.qualificationCriteria.map(({ label }) => label),
    acceptance: page.t('engagements.acceptanceValue', { n: terms.acceptanceDays }),
    agencyReferent: referent ?? null,
    clientReferent: theirs ?? null,
  };
}

function factsOf(page: Page, client: Client): object[] {
  const country = countryName(page.locale, client.country);
  const language = displayName('language', client.locale, page.locale);
  const facts: [string, string | null][] = [
    ['domain', client.domain],
    ['country', country],
    ['timeZone', client.timeZone],
    ['locale', language],
    ['currency', client.currency],
  ];
  return facts
    .filter(([, value]) => value)
    .map(([key, value]) => ({ label: page.t(`clients.fields.${key}`), value }));
}
