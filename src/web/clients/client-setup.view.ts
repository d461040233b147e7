import type { Client } from '../../clients/client.entity.js';
import { takesNewWork } from '../../clients/clients.policy.js';
import type { Terms } from '../../clients/engagement-terms.js';
import type { ClientOverview } from './client-overview.queries.js';
import type { Page } from '../rendering/page.js';

interface Step {
  key: string;
  isDone: boolean;
  href: string;
}

/** The way from a new client to the first worked prospect; null once it is walked. */
export function setupSteps(page: Page, client: Client, overview: ClientOverview): object | null {
  const steps = stepsOf(client, overview);
  const isTheirs = ({ isDone, key }: Step): boolean => !isDone && (key === 'import' || page.frame.isManager);
  const next = steps.find(isTheirs);
  if (!next || !takesNewWork(client)) return null;
  return {
    list: steps.map((step) => ({
      label: page.t(`clients.steps.${step.key}`),
      isDone: step.isDone,
      isCurrent: step.key === next.key,
      href: isTheirs(step) ? step.href : null,
    })),
    title: page.t(`clients.steps.${next.key}Title`),
    text: page.t(`clients.steps.${next.key}Text`),
    action: page.t(`clients.steps.${next.key}Action`),
    href: next.href,
  };
}

/** What the first sequence needs besides is asked for until somebody is in one: a mailbox may be done without. */
function stepsOf(client: Client, { engagements, icps, contacts, team, beginnings }: ClientOverview): Step[] {
  const home = `/clients/${client.id}`;
  const { hasProspects, hasMailbox, isWorked } = beginnings;
  const [agreed] = engagements;
  const engagement = agreed ? `/engagements/${agreed.engagement.id}/edit` : '/engagements/new';
  const isAgreed = engagements.some(({ terms }) => isSpecific(terms));
  const hasSdr = team.some(({ role, isDisabled }) => role === 'sdr' && !isDisabled);
  return [
    { key: 'engagement', isDone: isAgreed, href: home + engagement },
    { key: 'icp', isDone: icps.length > 0, href: `${home}/icps/new` },
    { key: 'contact', isDone: contacts.some(({ isHost }) => isHost), href: `${home}/contacts/new` },
    { key: 'import', isDone: hasProspects, href: `${home}/imports` },
    { key: 'sdr', isDone: hasSdr || isWorked, href: `${home}/contacts` },
    { key: 'notice', isDone: hasNotice(client) || isWorked, href: `${home}/edit#notice` },
    { key: 'mailbox', isDone: hasMailbox || isWorked, href: '/settings/mailboxes/new' },
  ];
}

/** Dates alone are no agreement: neither a price nor a target says what is owed. */
function isSpecific({ price, targets }: Pick<Terms, 'price' | 'targets'>): boolean {
  const hasPrice =
    price.setupCents > 0 ||
    price.retainerCents > 0 ||
    price.feePerUnitCents > 0 ||
    price.dayRateCents * price.daysPerMonth > 0;
  return hasPrice || targets.held > 0 || targets.qualified > 0;
}

function hasNotice({ legalName, privacyUrl, dataSourceFr, dataSourceEn, locale }: Client): boolean {
  return Boolean(legalName && privacyUrl && (locale === 'en' ? dataSourceEn : dataSourceFr));
}
