import { DateTime } from 'luxon';
import { isUsedUp, type Pace } from '../../outreach/touches/daily-pace.js';
import type { Holder } from '../../outreach/leases.service.js';
import type { ThreadMailLine } from '../../outreach/incoming/mail-threads.queries.js';
import { outcomes } from '../../outreach/touches/outcomes.js';
import type { FactLine } from '../../sequences/today/panel-facts.queries.js';
import type { AnswerDraft } from '../../sequences/replies/answer-texts.queries.js';
import type { PanelProspect } from '../../sequences/today/panel.queries.js';
import type { NextTask } from '../../sequences/steps/tasks.queries.js';
import type { QueueScope } from '../../sequences/today/today.queries.js';
import type { WaitingCompany } from '../../sequences/today/waiting-company.queries.js';
import { mailtoOf } from '../../shared/email-address.js';
import { spacedPhone } from '../../shared/phone-number.js';
import { countryName } from '../country-name.js';
import { reasonLines } from '../prospects/fit-reasons.view.js';
import { channelIcon, letterView } from '../sequences/message.view.js';
import type { Page } from '../rendering/page.js';
import { shortUrl } from '../short-url.js';
import { industryText } from '../source-words.js';
import { colleaguesView } from './colleagues.view.js';
import { laterDays } from './later-days.view.js';
import { historyView } from './today-history.view.js';
import { mailView } from './today-mail.view.js';
import { statusKeys, toneOf } from './today-keys.js';

export interface PanelSource {
  prospect: PanelProspect;
  task: NextTask | null;
  /** Who waits at their company since somebody there answered. */
  company: WaitingCompany | null;
  facts: readonly FactLine[];
  thread: readonly ThreadMailLine[];
  answers: readonly AnswerDraft[];
  /** A note begun and not sent. */
  draft: string;
  paces: readonly Pace[];
  /** Callbacks are agreed on the agency's clock. */
  agencyZone: string;
  /** Who else has the person open. */
  holder: Holder | null;
  /** The prospect to open once this one is dealt with. */
  nextId: string | null;
  scope: QueueScope;
  now: Date;
}

/** Everything beside the queue about one person: who, what to do, why they fit, what happened. */
export function panelView(page: Page, source: PanelSource): object {
  const { prospect, task, now } = source;
  const zone = prospect.timeZone;
  const local = DateTime.fromJSDate(now, { zone });
  return {
    id: prospect.id,
    name: prospect.fullName,
    sub: [prospect.title, prospect.companyName].filter(Boolean).join(' · '),
    client: prospect.clientName,
    clientHref: `/clients/${prospect.clientId}`,
    status: prospect.status,
    statusText: page.t(`prospects.status.${prospect.status}`),
    statusDetail: prospect.statusUntil
      ? page.t('today.panel.until', {
          date: prospect.callbackAt
            ? page.format.moment(prospect.callbackAt, source.agencyZone)
            : page.format.day(prospect.statusUntil),
        })
      : page.format.relative(prospect.statusAt, now),
    fit: prospect.fit,
    fitScore: prospect.fitScore,
    isClientOff: prospect.isClientOff,
    openHref: `/prospects/${prospect.id}`,
    bookHref: `/prospects/${prospect.id}/meetings/new?from=${source.scope === 'team' ? 'today-team' : 'today'}`,
    version: prospect.version,
    nextId: source.nextId,
    holder: source.holder && {
      title: page.t('today.lease.title', { name: source.holder.name }),
      text: page.t('today.lease.text', { time: page.format.time(source.holder.since, source.agencyZone) }),
    },
    mail: mailView(page, source, { zone, country: prospect.clientCountry, now }),
    draft: source.draft,
    scope: source.scope,
    localTime: local.isValid ? page.t('today.panel.localTime', { time: page.format.time(now, zone) }) : null,
    contact: contactLines(page, prospect),
    colleagues: colleaguesView(page, source),
    task: task && taskView(page, task, prospect, source.paces),
    keys: statusKeys(prospect.status).map((key) => ({
      ...key,
      text: page.t(`prospects.status.${key.to}`),
      asksDay: key.asks === 'day',
      asksReason: key.asks === 'reason',
    })),
    days: laterDays(page, now, source.agencyZone),
    clockText: page.t('today.later.clock', { zone: page.format.zone(now, source.agencyZone) }),
    oppositions: ['mail', 'phone', 'legal'].map((reason) => page.t(`today.oppose.reasons.${reason}`)),
    reasons: reasonLines(page, prospect.fitReasons ?? []),
    history: historyView(page, source.facts, zone),
  };
}

function contactLines(page: Page, prospect: PanelProspect): object[] {
  const phone = prospect.mobilePhone ?? prospect.phone;
  const place = [prospect.city, countryName(page.locale, prospect.country)].filter(Boolean).join(', ');
  const company = [
    prospect.industry && industryText(page.locale, prospect.industry),
    prospect.headcount === null
      ? null
      : page.t('today.panel.employees', { n: page.format.number(prospect.headcount) }),
  ];
  const lines: [string, string | null, string | null][] = [
    ['email', prospect.email, prospect.email && mailtoOf(prospect.email)],
    ['phone', phone && spacedPhone(phone), phone && `tel:${phone}`],
    ['linkedin', prospect.linkedinUrl && shortUrl(prospect.linkedinUrl), webUrl(prospect.linkedinUrl)],
    ['website', prospect.website && shortUrl(prospect.website), webUrl(prospect.website)],
    ['company', company.filter(Boolean).join(' · ') || null, null],
    ['place', place || null, null],
    ['owner', prospect.ownerName, null],
  ];
  return lines.flatMap(([key, text, href]) =>
    text
      ? [{ label: page.t(`today.panel.${key}`), text, href, isWeb: href?.startsWith('http') ?? false }]
      : [],
  );
}

function taskView(page: Page, task: NextTask, prospect: PanelProspect, paces: readonly Pace[]): object {
  const { next, step, message, sequenceName: sequence } = task;
  const base = { sequenceHref: `/sequences/${task.sequenceId}`, isDue: false };
  if (next.kind === 'finish' || !step)
    return { ...base, sentence: page.t('today.panel.ended', { sequence }) };
  const channel = page.t(`outreach.channels.${step.channel}`);
  const place = { position: next.step!.position, steps: task.steps.length, sequence };
  const shown = {
    ...base,
    channel,
    icon: channelIcon(step.channel),
    placeText: page.t('today.panel.stepOf', place),
  };
  if (next.kind === 'wait') {
    const sentence =
      next.reason === 'not_yet'
        ? page.t('today.panel.coming', { channel, date: page.format.moment(next.at!, prospect.timeZone) })
        : page.t(`today.panel.waiting.${next.reason}`, { sequence });
    return { ...shown, sentence };
  }
  if (step.channel === 'email' && prospect.isMachineMail)
    return { ...shown, sentence: page.t('today.panel.byMachine') };
  const pace = paces.find((one) => one.channel === step.channel);
  const subject = message?.subject?.text ?? null;
  const body = message?.body.text ?? null;
  return {
    ...shown,
    isDue: true,
    paceText: pace ? page.t('today.pace.today', { done: pace.done, limit: pace.limit }) : null,
    isUsedUp: pace !== undefined && isUsedUp(pace),
    action: `/today/tasks/${task.enrolmentId}`,
    position: next.step.position,
    attempt: next.attempt,
    attemptText: next.attempt > 1 ? page.t('today.panel.attempt', { attempt: next.attempt }) : null,
    isHeld: (message?.missing.length ?? 0) > 0,
    letter: message && letterView(page, message),
    subject,
    body: body?.trim() ? body : null,
    ...opening(page, step.channel, prospect, subject, body),
    outcomes: outcomes[step.channel].map((outcome) => ({
      key: outcome.key,
      letter: outcome.letter,
      text: page.t(`outreach.outcomes.${step.channel}.${outcome.key}`),
      tone: toneOf(outcome),
    })),
  };
}

/** What opens the place where the gesture is made: the mail program, the profile, the phone. */
function opening(
  page: Page,
  channel: string,
  prospect: PanelProspect,
  subject: string | null,
  body: string | null,
): { openHref: string | null; openText: string | null; isWeb: boolean } {
  const phone = prospect.mobilePhone ?? prospect.phone;
  if (channel === 'email' && prospect.email && body !== null) {
    const query = new URLSearchParams({ subject: subject ?? '', body }).toString().replaceAll('+', '%20');
    return {
      openHref: `${mailtoOf(prospect.email)}?${query}`,
      openText: page.t('today.panel.openMail'),
      isWeb: false,
    };
  }
  if (channel.startsWith('linkedin') && webUrl(prospect.linkedinUrl)) {
    return {
      openHref: webUrl(prospect.linkedinUrl),
      openText: page.t('today.panel.openProfile'),
      isWeb: true,
    };
  }
  if (channel === 'call' && phone)
    return {
      openHref: `tel:${phone}`,
      openText: `${page.t('today.panel.dial')} ${spacedPhone(phone)}`,
      isWeb: false,
    };
  return { openHref: null, openText: null, isWeb: false };
}

/** A link people may click: the web only, whatever a file said. */
function webUrl(url: string | null): string | null {
  if (!url) return null;
  const full = /^https?:\/\//i.test(url) ? url : `https://${url}`;
  return URL.canParse(full) ? full : null;
}
