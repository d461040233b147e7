import type { HistoryFact, ProspectDetail } from '../../prospects/prospects.queries.js';
import { legalMovesFrom, type ProspectStatus } from '../../prospects/status/status.js';
import { objectionOf } from '../../prospects/suppression/suppression-keys.js';
import type { Covering } from '../../prospects/suppression/suppressions.service.js';
import { mailtoOf } from '../../shared/email-address.js';
import { spacedPhone } from '../../shared/phone-number.js';
import { countryName } from '../country-name.js';
import { departmentText, industryText, seniorityText } from '../source-words.js';
import { reasonLines } from './fit-reasons.view.js';
import type { ProspectContext } from './prospect-context.queries.js';
import { conversationView } from './prospect-mails.view.js';
import { touchFormView } from './touch-form.view.js';
import { whyWaitingText } from '../sequences/why-waiting.view.js';
import type { Page, Refused } from '../rendering/page.js';
import { sequenceOptions } from '../sequences/sequence-options.view.js';
import { shortUrl } from '../short-url.js';
import { historyView } from '../today/today-history.view.js';

export interface ProspectShown {
  prospect: ProspectDetail;
  history: readonly HistoryFact[];
  oppositions: readonly Covering[];
  lists: readonly { id: string; name: string }[];
  team: readonly { id: string; name: string }[];
  context: ProspectContext;
  refused: Refused;
}

const tones: Partial<Record<ProspectStatus, string>> = {
  interested: 'good',
  replied: 'good',
  not_interested: 'bad',
  wrong_person: 'warn',
  unreachable: 'warn',
  invalid: 'bad',
};

export function prospectView(page: Page, shown: ProspectShown) {
  const { prospect, refused } = shown;
  const { id, status, version, clientTimeZone } = prospect;
  const moves = legalMovesFrom(status, 'person');
  const zone = prospect.timeZone ?? clientTimeZone;
  const enrolIn = enrolChoices(page, shown);
  return {
    id,
    version,
    home: `/prospects/${id}`,
    status,
    statusText: page.t(`prospects.status.${status}`),
    standing: standingText(page, prospect, zone),
    moves: moves
      .filter((to) => to !== 'later' && to !== 'do_not_contact')
      .map((to) => ({ to, text: page.t(`prospects.status.${to}`), tone: tones[to] ?? null })),
    mayComeBack: moves.includes('later') || status === 'later',
    mayOppose: moves.includes('do_not_contact'),
    isOpposed: status === 'do_not_contact',
    log: touchFormView(page, { status, objected: objectionOf(shown.oppositions) }, refused),
    problem: refused.problem || null,
    errors: refused.errors,
    note: textOf(refused.values['note']),
    until: textOf(refused.values['until']) || (prospect.statusUntil ?? ''),
    contact: contactFacts(page, prospect),
    company: companyFacts(page, prospect),
    fit: prospect.fit ?? 'unknown',
    fitText: page.t(`prospects.fit.${prospect.fit ?? 'unknown'}`),
    fitScore: prospect.fitScore === null ? null : page.format.number(prospect.fitScore),
    reasons: reasonLines(page, prospect.fitReasons ?? []),
    oppositions: shown.oppositions.map((entry) => oppositionLine(page, entry)),
    lists: shown.lists.map(({ id: list, name }) => ({
      name,
      href: `/clients/${prospect.clientId}/prospects?list=${list}`,
    })),
    owners: shown.team.map((one) => ({ ...one, isSelected: one.id === prospect.ownerId })),
    ownerName: prospect.ownerName,
    custom: Object.entries(prospect.custom ?? {}).map(([label, text]) => ({ label, text })),
    history: historyView(
      page,
      shown.history.filter(({ kind }) => kind !== 'undo'),
      zone,
    ),
    mails: conversationView(page, shown.context.mails, { prospectId: id, zone }),
    hasSequences: enrolIn.length + shown.context.enrolments.length > 0,
    enrolIn,
    enrolments: shown.context.enrolments.map((one) => ({
      name: one.sequenceName,
      href: `/sequences/${one.sequenceId}`,
      state: one.state,
      stateText: page.t(`prospects.enrolment.${one.state}`),
      when: page.t('prospects.show.since', { when: page.format.date(one.enrolledAt, zone) }),
      why: one.why && whyWaitingText(page, one.why, clientTimeZone),
    })),
    meetings: shown.context.meetings.map((one) => ({
      href: `/meetings/${one.id}`,
      state: one.state,
      stateText: page.t(`meetings.states.${one.state}`),
      when: page.format.moment(one.startsAt, clientTimeZone),
      host: one.hostName,
    })),
  };
}

/** Where the guard would say no whatever happens, nothing is offered: nobody is in two sequences at once, nor twice in one. */
function enrolChoices(page: Page, { prospect, context, refused }: ProspectShown) {
  const isOpen = context.enrolments.some(({ state }) => state !== 'finished');
  if (isOpen || prospect.status === 'do_not_contact') return [];
  const been = new Set(context.enrolments.map(({ sequenceId }) => sequenceId));
  const left = context.openSequences.filter(({ id }) => !been.has(id));
  return sequenceOptions(page, left, refused.values['sequenceId']);
}

function standingText(page: Page, { status, statusAt, statusUntil }: ProspectDetail, zone: string): string {
  const since = page.t('prospects.show.since', { when: page.format.date(statusAt, zone) });
  if (status !== 'later' || statusUntil === null) return since;
  return `${page.t('prospects.show.until', { day: page.format.day(statusUntil) })} · ${since}`;
}

interface Fact {
  label: string;
  text: string;
  href?: string;
  isWeb?: boolean;
}

function contactFacts(page: Page, prospect: ProspectDetail): Fact[] {
  const { email, phone, mobilePhone, linkedinUrl, city, region, country, jobFunction, seniority } = prospect;
  const place = [city, region, countryName(page.locale, country)].filter(Boolean).join(', ');
  return [
    ...fact(page, 'email', email, email && mailtoOf(email)),
    ...fact(page, 'phone', phone && spacedPhone(phone), phone && `tel:${phone}`),
    ...fact(
      page,
      'mobilePhone',
      mobilePhone && spacedPhone(mobilePhone),
      mobilePhone && `tel:${mobilePhone}`,
    ),
    ...fact(page, 'linkedinUrl', linkedinUrl && shortUrl(linkedinUrl), linkedinUrl, true),
    ...fact(page, 'place', place),
    ...fact(page, 'jobFunction', jobFunction && departmentText(page.locale, jobFunction)),
    ...fact(page, 'seniority', seniority && seniorityText(page.locale, seniority)),
  ];
}

function companyFacts(page: Page, prospect: ProspectDetail): Fact[] {
  const { companyName, companyDomain, industry, nafCode, headcount, headcountBand } = prospect;
  const place = [prospect.companyCity, countryName(page.locale, prospect.companyCountry)]
    .filter(Boolean)
    .join(', ');
  const size = headcount === null ? headcountBand : page.format.number(headcount);
  return [
    ...fact(page, 'companyName', companyName),
    ...fact(page, 'website', companyDomain, companyDomain && `https://${companyDomain}`, true),
    ...fact(
      page,
      'industry',
      [industry && industryText(page.locale, industry), nafCode].filter(Boolean).join(' · '),
    ),
    ...fact(page, 'headcount', size),
    ...fact(page, 'place', place),
  ];
}

function fact(
  page: Page,
  name: string,
  text: string | null,
  href: string | null = null,
  isWeb = false,
): Fact[] {
  if (!text) return [];
  const label = page.t(`prospects.fields.${name}`);
  return [href ? { label, text, href, isWeb } : { label, text }];
}

/** The agency's own reason may speak of another client: it stays on the agency's list. */
function oppositionLine(page: Page, { clientId, kind, value, reason, channels }: Covering) {
  const scope = page.t(clientId === null ? 'suppressions.scope.agency' : 'suppressions.scope.client');
  const of = page.t(`suppressions.kinds.${kind}`);
  const on =
    channels === null
      ? page.t('suppressions.everyChannel')
      : channels.map((one) => page.t(`suppressions.channels.${one}`)).join(', ');
  return {
    text: page.format.pair(of, suppressedText(kind, value)),
    detail: [scope, on, clientId === null ? null : reasonText(page, reason)].filter(Boolean).join(' · '),
  };
}

/** A number as it is read to somebody, a profile without what every profile begins with. */
export function suppressedText(kind: Covering['kind'], value: string): string {
  if (kind === 'phone') return spacedPhone(value);
  return kind === 'linkedin' ? shortUrl(value) : value;
}

/** An opposition recorded by status alone has no words of its own. */
export function reasonText(page: Page, reason: string): string {
  return reason === 'do_not_contact' ? page.t('prospects.status.do_not_contact') : reason;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
