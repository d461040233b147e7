import { DateTime } from 'luxon';
import { type Pace, type PaceState, paceStates } from '../../reporting/pace.js';
import type { PortfolioClient } from '../../reporting/portfolio.queries.js';
import type { Page } from '../rendering/page.js';
import { paceMeter, paceTones } from './pace.view.js';

/** What the badge's glyph and colour know of a state. */
const badges: Readonly<Record<PaceState, string>> = {
  behind: 'behind',
  at_risk: 'at_risk',
  on_target: 'on_target',
  no_target: 'insufficient_data',
};

export function portfolioView(page: Page, clients: readonly PortfolioClient[]): object {
  const working = clients.filter(({ isOff }) => !isOff);
  return {
    summary: paceStates
      .map((state) => ({
        tone: paceTones[state],
        count: working.filter((client) => client.state === state).length,
        label: page.t(`portfolio.count.${state}`),
      }))
      .filter(({ count }) => count > 0),
    clients: clients.map((client) => standingView(page, client)),
  };
}

/** How one client stands this month; drawn in the table of all, and at the top of its own page. */
export function standingView(page: Page, client: PortfolioClient): object {
  const home = `/clients/${client.clientId}`;
  return {
    name: client.name,
    href: home,
    reportHref: `${home}/report`,
    isOff: client.isOff,
    badge: badges[client.state],
    stateText: page.t(`portfolio.state.${client.state}`),
    reason: reasonText(page, client),
    held: metricCell(page, client.paces, 'held'),
    qualified: metricCell(page, client.paces, 'qualified'),
    pending: page.format.number(client.pending),
    hasPending: client.pending > 0,
    contested: client.contested === 0 ? null : page.t('portfolio.contested', { n: client.contested }),
    contestedHref: `${home}/meetings?pile=contested`,
    upcoming: page.format.number(client.upcoming),
    hasUpcoming: client.upcoming > 0,
    meetingsHref: `${home}/meetings`,
    pendingHref: `${home}/meetings?pile=to_confirm`,
    trend: trendOf(page, client),
  };
}

function reasonText(page: Page, client: PortfolioClient): string {
  if (client.isOff) return page.t('portfolio.reason.off');
  if (!client.hasEngagement) return page.t('portfolio.reason.no_engagement');
  if (client.reason === null) return page.t('portfolio.reason.no_target');
  const { metric, count, due, ahead, state } = client.reason;
  return page.t(`portfolio.reason.${state}`, {
    metric: page.t(`portfolio.metric.${metric}`),
    count: page.format.number(count),
    expected: page.format.number(due),
    gap: page.format.number(due - count),
    ahead: page.format.number(ahead),
  });
}

function metricCell(page: Page, paces: readonly Pace[], metric: Pace['metric']): object | null {
  const pace = paces.find((one) => one.metric === metric);
  if (!pace) return null;
  const { tone, count, target, due, width, mark } = paceMeter(page, pace);
  return {
    ...{ tone, width, mark },
    text: page.t('portfolio.ofTarget', { count, target }),
    unit: page.t(`portfolio.unit.${metric}`),
    expected: page.t('portfolio.expected', { expected: due }),
  };
}

const BAR = { width: 8, gap: 3, height: 24 };

/** Six small bars, the running month last, with the same numbers in words for readers. */
function trendOf(page: Page, client: PortfolioClient): object {
  const most = Math.max(1, ...client.heldByMonth.map(({ held }) => held));
  const bars = client.heldByMonth.map(({ held }, index) => {
    const height = held === 0 ? 1 : Math.max(2, Math.round((held / most) * BAR.height));
    return { x: index * (BAR.width + BAR.gap), y: BAR.height - height, width: BAR.width, height };
  });
  const list = client.heldByMonth.map(({ monthOn, held }) => {
    const month = DateTime.fromISO(monthOn, { zone: 'utc' }).setLocale(page.locale).toFormat('LLL');
    return `${month} ${page.format.number(held)}`;
  });
  return {
    bars: bars.slice(0, -1),
    last: bars.at(-1),
    viewBox: `0 0 ${client.heldByMonth.length * (BAR.width + BAR.gap) - BAR.gap} ${BAR.height}`,
    text: page.t('portfolio.trendText', { list: list.join(', ') }),
    current: page.format.number(client.heldByMonth.at(-1)?.held ?? 0),
  };
}
