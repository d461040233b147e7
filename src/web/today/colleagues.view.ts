import type { ReleaseResult } from '../../sequences/enrolments/colleague-releases.service.js';
import type { ReleaseAct } from '../../sequences/enrolments/colleague-release.entity.js';
import type { PanelProspect } from '../../sequences/today/panel.queries.js';
import type { QueueScope } from '../../sequences/today/today.queries.js';
import type { WaitingCompany } from '../../sequences/today/waiting-company.queries.js';
import { impliesHumanReply } from '../../prospects/status/status.js';
import type { Flash, Speech } from '../rendering/page.js';
import { itemHref } from './today-queue.view.js';
import { releaseLetters } from './today-keys.js';

/** So many of those left waiting are named; the rest are counted. */
const MOST_NAMED = 3;

/**
 * Who waits at the company of the person open, and why: shown with one of them, and with whoever answered. Null with
 * anybody else, whose own step has the keys.
 */
export function colleaguesView(
  { t }: Speech,
  {
    prospect,
    company,
    scope,
  }: { prospect: PanelProspect; company: WaitingCompany | null; scope: QueueScope },
): object | null {
  if (company === null) return null;
  const { people, answered } = company;
  const isOne = people.some(({ prospectId }) => prospectId === prospect.id);
  if (!isOne && !impliesHumanReply(prospect.status)) return null;
  const n = people.length;
  const names = joined(
    t,
    answered.map(({ fullName }) => fullName),
  );
  return {
    title: prospect.companyName
      ? t('colleagues.title', { n, company: prospect.companyName })
      : t('colleagues.titleAlone', { n }),
    text:
      names === null
        ? t('colleagues.becauseSomebody')
        : t('colleagues.because', { n: answered.length, names }),
    // Where they are what the panel is about, they come before everything else.
    isFirst: isOne,
    people: people.map(({ enrolmentId, prospectId, fullName, title, sequenceName, versionState }) => ({
      id: enrolmentId,
      name: fullName,
      href: prospectId === prospect.id ? null : itemHref(prospectId, scope),
      sub: [title, sequenceName].filter(Boolean).join(' · '),
      isHeld: versionState !== 'approved',
    })),
    acts: (['resume', 'end'] as const).map((act) => ({
      action: `/today/colleagues/${prospect.id}/${act}`,
      letter: releaseLetters[act],
      text: t(`colleagues.${act}`),
      tone: act === 'resume' ? 'good' : null,
    })),
  };
}

/** What became of them, who still waits and why, and the way back. */
export function releaseFlash(
  { t }: Speech,
  act: ReleaseAct,
  { id, released, left }: ReleaseResult,
  undo: (id: string) => string,
): Flash {
  const named = left.slice(0, MOST_NAMED).map(({ reason, name }) => t(`colleagues.left.${reason}`, { name }));
  const more = left.length - named.length;
  if (more > 0) named.push(t('colleagues.left.more', { n: more }));
  return {
    key: 'colleagues.done.withLeft',
    params: { done: t(`colleagues.done.${act}`, { n: released }), left: named.join(' ') },
    ...(id === null ? {} : { undo: undo(id) }),
  };
}

function joined(t: Speech['t'], names: readonly string[]): string | null {
  if (names.length < 2) return names[0] ?? null;
  return t('colleagues.and', { names: names.slice(0, -1).join(', '), last: names.at(-1)! });
}
