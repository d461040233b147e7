import type { MeetingFacet } from './facts/meeting-facets.js';
import type { Mark } from './facts/marks.js';
import type { Breakdown, View } from './report-request.js';
import { type Stage, stages } from './facts/funnel.js';
import { type SideExit, sideExits } from './facts/side-exits.js';

/** People of a cohort: how far they came at least, and what must hold of them. */
export interface PeopleFigure {
  unit: 'people';
  reached: Stage;
  has?: readonly Mark[];
  lacks?: readonly Mark[];
  exit?: SideExit;
}

/** People who entered a stage within the period. */
export interface EntryFigure {
  unit: 'entries';
  stage: Stage;
}

export const touchFacets = [
  'mails',
  'bounces',
  'invitations',
  'acceptances',
  'dials',
  'connects',
  'conversations',
] as const;
export type TouchFacet = (typeof touchFacets)[number];

/** Single touches: of the people of a cohort to date, or made within the period. */
export interface TouchFigure {
  unit: 'touches';
  facet: TouchFacet;
}

/** Meetings: of the people of a cohort, or of the period. */
export interface MeetingFigure {
  unit: 'meetings';
  facet: MeetingFacet;
}

/** One number of a report, written once: the count and the rows behind it both follow from this. */
export type Figure = PeopleFigure | EntryFigure | TouchFigure | MeetingFigure;

const people = (reached: Stage, more: Omit<PeopleFigure, 'unit' | 'reached'> = {}): PeopleFigure => ({
  unit: 'people',
  reached,
  ...more,
});
const touches = (facet: TouchFacet): TouchFigure => ({ unit: 'touches', facet });
const meetings = (facet: MeetingFacet): MeetingFigure => ({ unit: 'meetings', facet });

const meetingFigures = {
  meetings_due: meetings('due'),
  meetings_held: meetings('held'),
  meetings_unreported: meetings('unreported'),
  meetings_upcoming: meetings('upcoming'),
  meetings_no_show_guest: meetings('no_show_guest'),
  meetings_no_show_host: meetings('no_show_host'),
  meetings_cancelled_by_guest: meetings('cancelled_by_guest'),
  meetings_cancelled_by_client: meetings('cancelled_by_client'),
  meetings_cancelled_by_agency: meetings('cancelled_by_agency'),
  meetings_decided: meetings('decided'),
  meetings_qualified: meetings('qualified'),
  meetings_contested: meetings('contested'),
  meetings_pending: meetings('pending'),
  meetings_unclaimed: meetings('unclaimed'),
} as const;

const cohortStages = stages.slice(stages.indexOf('attempted'));

const cohortFigures: Readonly<Record<string, Figure>> = {
  ...Object.fromEntries(cohortStages.map((stage) => [stage, people(stage)])),
  ...Object.fromEntries(sideExits.map((exit) => [`exit_${exit}`, people('attempted', { exit })])),
  immature: people('attempted', { lacks: ['mature'] }),
  mailed: people('attempted', { has: ['mailed'] }),
  mail_bounced: people('attempted', { has: ['mailed', 'bounced'] }),
  mail_delivered: people('attempted', { has: ['delivered'] }),
  /** Sent, and neither back nor past the hours in which a mail may come back. */
  mail_waiting: people('attempted', { has: ['mailed'], lacks: ['bounced', 'delivered'] }),
  mail_complained: people('attempted', { has: ['delivered'], exit: 'complained' }),
  mail_opted_out: people('attempted', { has: ['delivered'], exit: 'opted_out' }),
  invited: people('attempted', { has: ['invited'] }),
  invited_accepted: people('attempted', { has: ['invited', 'accepted'] }),
  linkedin_accepted: people('attempted', { has: ['accepted'] }),
  linkedin_answered: people('attempted', { has: ['accepted', 'answered_on_linkedin'] }),
  spoken_to: people('attempted', { has: ['spoken_to'] }),
  spoken_to_booked: people('booked', { has: ['spoken_to', 'booked_by_call'] }),
  dials: touches('dials'),
  connects: touches('connects'),
  conversations: touches('conversations'),
  ...meetingFigures,
};

const periodFigures: Readonly<Record<string, Figure>> = {
  ...Object.fromEntries(stages.map((stage) => [stage, { unit: 'entries', stage } as const])),
  ...Object.fromEntries(touchFacets.map((facet) => [facet, touches(facet)])),
  meetings_booked: meetings('booked'),
  ...meetingFigures,
};

/** Every figure of a view by its key, in the order the page shows them. */
export const figuresOf: Readonly<Record<View, Readonly<Record<string, Figure>>>> = {
  cohort: cohortFigures,
  period: periodFigures,
};

/**
 * The figures there are of a line. The touches of a period are told in total only; and before the first attempt
 * nobody belongs to a channel, a sequence or an SDR.
 */
export function figuresFor(view: View, by: Breakdown | null): Readonly<Record<string, Figure>> {
  if (by === null || view === 'cohort') return figuresOf[view];
  const told = Object.entries(figuresOf.period).filter(([, figure]) => {
    if (figure.unit === 'touches') return false;
    return figure.unit !== 'entries' || cohortStages.includes(figure.stage);
  });
  return Object.fromEntries(told);
}

/** Each rate of reporting.md §2 as two figures of the same view. A period has no conversion: that is what cohorts are for. */
export const ratesOf: Readonly<Record<View, Readonly<Record<string, readonly [of: string, among: string]>>>> =
  {
    cohort: {
      contacted: ['contacted', 'attempted'],
      reply: ['replied', 'contacted'],
      interested: ['interested', 'contacted'],
      interested_of_replied: ['interested', 'replied'],
      booking: ['booked', 'contacted'],
      held_of_booked: ['held', 'booked'],
      qualified_of_held: ['qualified', 'held'],
      show: ['meetings_held', 'meetings_due'],
      qualified: ['meetings_qualified', 'meetings_decided'],
      hard_bounce: ['mail_bounced', 'mailed'],
      complaint: ['mail_complained', 'mail_delivered'],
      unsubscribe: ['mail_opted_out', 'mail_delivered'],
      linkedin_acceptance: ['invited_accepted', 'invited'],
      linkedin_reply: ['linkedin_answered', 'linkedin_accepted'],
      connect: ['connects', 'dials'],
      conversation: ['conversations', 'connects'],
      call_booking: ['spoken_to_booked', 'spoken_to'],
      immature: ['immature', 'attempted'],
    },
    period: {
      connect: ['connects', 'dials'],
      conversation: ['conversations', 'connects'],
      show: ['meetings_held', 'meetings_due'],
      qualified: ['meetings_qualified', 'meetings_decided'],
    },
  };
