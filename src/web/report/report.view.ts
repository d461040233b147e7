import type { FunnelReport } from '../../reporting/report-answer.js';
import { stages } from '../../reporting/facts/funnel.js';
import { views } from '../../reporting/report-request.js';
import type { Page } from '../rendering/page.js';
import { breakdownOf } from './report-breakdown.view.js';
import { exitsOf, figures, funnelOf, immatureOf, rateRows, waitingMailsOf } from './report-figures.view.js';
import { addressOf, reportHref } from './report-links.js';

const outcomes = {
  cohort: ['meetings_due', 'meetings_held', 'meetings_qualified', 'meetings_upcoming'],
  period: ['meetings_booked', 'meetings_due', 'meetings_held', 'meetings_qualified', 'meetings_upcoming'],
} as const;

const apart = [
  'meetings_unreported',
  'meetings_no_show_guest',
  'meetings_no_show_host',
  'meetings_cancelled_by_guest',
  'meetings_cancelled_by_client',
  'meetings_cancelled_by_agency',
  'meetings_pending',
  'meetings_contested',
  'meetings_unclaimed',
];

const byChannel = [
  ['email', 'mail', ['hard_bounce', 'complaint', 'unsubscribe']],
  ['linkedin', 'linkedin', ['linkedin_acceptance', 'linkedin_reply']],
  ['call', 'phone', ['connect', 'conversation', 'call_booking']],
] as const;

/** The funnel side of a client's report, in the view it was asked in. */
export function reportView(page: Page, report: FunnelReport): object {
  const { view, from, to } = report;
  const days = { from: page.format.day(from), to: page.format.day(to) };
  return {
    lede: page.t(`report.lede.${view}`, days),
    why: page.t(`report.view.${view}Why`),
    views: views.map((one) => ({
      label: page.t(`report.view.${one}`),
      href: reportHref({ ...addressOf(report), view: one }),
      isCurrent: one === view,
    })),
    asOf: page.t('report.asOf', { at: page.format.moment(report.asOf, report.timeZone) }),
    meetings: {
      note: page.t(`report.meetings.note${view === 'cohort' ? 'Cohort' : 'Period'}`),
      tiles: figures(page, report, outcomes[view]),
      rates: rateRows(page, report, ['show', 'qualified']),
      apart: figures(page, report, apart).filter(({ isZero }) => !isZero),
    },
    breakdown: breakdownOf(page, report),
    ...(view === 'cohort' ? { cohort: cohortView(page, report) } : { period: periodView(page, report) }),
  };
}

function cohortView(page: Page, report: FunnelReport): object {
  return {
    isEmpty: report.total.counts['attempted'] === 0,
    sequencesHref: `/clients/${report.clientId}/sequences`,
    stages: funnelOf(page, report),
    exits: exitsOf(page, report),
    immature: immatureOf(page, report),
    waitingMails: waitingMailsOf(page, report),
    rates: rateRows(page, report, ['reply', 'interested', 'interested_of_replied', 'booking']),
    channels: byChannel.map(([channel, icon, keys]) => ({
      name: page.t(`report.channel.${channel}`),
      icon,
      rates: rateRows(page, report, keys),
    })),
  };
}

function periodView(page: Page, report: FunnelReport): object {
  const told = stages.filter((stage) => stage !== 'opportunity' && stage !== 'won');
  const declared = figures(page, report, ['opportunity', 'won']).filter(({ isZero }) => !isZero);
  return {
    entries: [...figures(page, report, told), ...declared],
    activity: [
      {
        icon: 'mail',
        name: page.t('report.channel.email'),
        figures: figures(page, report, ['mails', 'bounces']),
      },
      {
        icon: 'linkedin',
        name: page.t('report.channel.linkedin'),
        figures: figures(page, report, ['invitations', 'acceptances']),
      },
      {
        icon: 'phone',
        name: page.t('report.channel.call'),
        figures: figures(page, report, ['dials', 'connects', 'conversations']),
      },
    ],
    rates: rateRows(page, report, ['connect', 'conversation']),
  };
}
