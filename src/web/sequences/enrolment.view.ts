import { COUNT_CAP } from '../../prospects/search/status-counts.queries.js';
import { prospectStatuses } from '../../prospects/status/status.js';
import type { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import type { EnrolmentLine } from '../../sequences/enrolments/enrolment-lines.queries.js';
import type { EnrolmentResult } from '../../sequences/enrolments/enrolments.service.js';
import type { Skipped } from '../../sequences/enrolments/enrolment-gate.service.js';
import { mostChosen } from '../../sequences/enrolments/prospect-choice.queries.js';
import type { WhyWaiting } from '../../sequences/engine/why-waiting.js';
import { mergeFieldName } from './merge-field-name.js';
import type { Page } from '../rendering/page.js';
import { whyWaitingText } from './why-waiting.view.js';

const MOST_SHOWN = 100;

/** The filter with its choices, as the form draws it. */
export function filterView(
  page: Page,
  filter: ProspectFilter,
  lists: readonly { id: string; name: string }[],
  segments: readonly { id: string; name: string }[],
): object {
  const choices = (values: readonly (readonly [string, string])[], chosen: string | undefined): object[] => [
    { value: '', label: page.t('sequences.enrolment.any'), isChosen: !chosen },
    ...values.map(([value, label]) => ({ value, label, isChosen: value === chosen })),
  ];
  return {
    q: filter.q ?? '',
    statuses: choices(
      prospectStatuses.map((status) => [status, page.t(`prospects.status.${status}`)] as const),
      filter.status,
    ),
    fits: choices(
      (['fit', 'unknown', 'unfit'] as const).map((fit) => [fit, page.t(`sequences.fits.${fit}`)] as const),
      filter.fit,
    ),
    lists: choices(
      lists.map(({ id, name }) => [id, name] as const),
      filter.list,
    ),
    segments:
      segments.length > 0 &&
      choices(
        segments.map(({ id, name }) => [id, name] as const),
        filter.segment,
      ),
  };
}

/** Who would enter, who is left out and why: reasons counted, then people by name. */
export function verdictView(
  page: Page,
  zone: string,
  found: { total: number },
  verdict: EnrolmentResult,
): object {
  const { enrolled, skipped } = verdict;
  const byReason = new Map<string, Skipped[]>();
  for (const one of skipped) byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), one]);
  return {
    countText:
      found.total > COUNT_CAP
        ? page.t('bulk.matchMany', { n: COUNT_CAP })
        : page.t('sequences.enrolment.count', { n: found.total }),
    cappedText: found.total > mostChosen ? page.t('sequences.enrolment.capped', { n: mostChosen }) : null,
    admittedText: page.t('sequences.enrolment.admitted', { n: enrolled }),
    submitText: page.t('sequences.enrolment.submit', { n: enrolled }),
    canEnrol: enrolled > 0,
    hasSkipped: skipped.length > 0,
    ...skippedView(page, zone, skipped),
    reasons: [...byReason].map(([reason, people]) => ({
      text: page.t(`sequences.enrolment.reasons.${reason}`),
      people: page.format.number(people.length),
    })),
  };
}

export function skippedView(page: Page, zone: string, skipped: readonly Skipped[]): object {
  const hidden = skipped.length - MOST_SHOWN;
  return {
    skippedText: page.t('sequences.enrolment.skippedCount', { n: skipped.length }),
    skipped: skipped.slice(0, MOST_SHOWN).map((one) => ({
      name: one.fullName ?? one.prospectId,
      href: one.fullName === null ? null : `/prospects/${one.prospectId}`,
      reason: reasonText(page, zone, one),
    })),
    moreText: hidden > 0 ? page.t('sequences.enrolment.skippedMore', { n: hidden }) : null,
  };
}

/** Why somebody is left out, in the words of every page that says so. */
export function reasonText(
  page: Page,
  zone: string,
  { reason, until, fields }: Pick<Skipped, 'reason' | 'until' | 'fields'>,
): string {
  if (until) return page.t('sequences.enrolment.reasons.held_until', { date: page.format.date(until, zone) });
  if (fields) {
    const names = fields.map((field) => mergeFieldName(page, field)).join(', ');
    return page.t('sequences.enrolment.reasons.missing_fields', { fields: names });
  }
  return page.t(`sequences.enrolment.reasons.${reason}`);
}

/** The people of a sequence who wait since a colleague answered. */
export const waitingHref = (sequenceId: string): string =>
  `/sequences/${sequenceId}/people?state=paused&reason=colleague_replied`;

/** One row of the people of a sequence, with one line on why they stand where they stand. */
export function enrolmentRow(
  page: Page,
  line: EnrolmentLine,
  { zone, why, migrateHref }: { zone: string; why: WhyWaiting | undefined; migrateHref: string | null },
): object {
  const next = line.nextPosition === null ? null : line.steps[line.nextPosition - 1];
  return {
    id: line.id,
    href: `/prospects/${line.prospectId}`,
    name: line.fullName,
    sub: [line.title, line.companyName].filter(Boolean).join(' · '),
    state: line.state,
    stateText: page.t(`sequences.enrolments.states.${line.state}`),
    next: next ? `${line.nextPosition}. ${page.t(`outreach.channels.${next.channel}`)}` : '—',
    why: why === undefined ? endText(page, line) : standText(page, line, why, zone),
    canPause: line.state === 'active',
    canResume: line.state === 'paused' && line.versionState === 'approved',
    // Words that may not be sent lead nowhere: another version does.
    migrateHref: line.state === 'paused' && line.versionState !== 'approved' ? migrateHref : null,
    canRemove: line.state !== 'finished',
  };
}

const ends = new Set(['replied', 'meeting', 'completed', 'opted_out', 'bounced', 'removed', 'failed']);

function endText(page: Page, { reason }: EnrolmentLine): string {
  return ends.has(reason ?? '') ? page.t(`sequences.enrolments.reasons.${reason}`) : '—';
}

/** A pause somebody made by hand speaks in their own words. */
function standText(page: Page, { reason }: EnrolmentLine, why: WhyWaiting, zone: string): string {
  return why.key === 'paused' && reason ? reason : whyWaitingText(page, why, zone);
}
