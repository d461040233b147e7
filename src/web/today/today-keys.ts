import { HUMAN_CLASSES, type HumanClass } from '../../mail/mail-class.js';
import type { Outcome } from '../../outreach/touches/outcomes.js';
import type { ReleaseAct } from '../../sequences/enrolments/colleague-release.entity.js';
import { legalMovesFrom, type ProspectStatus } from '../../prospects/status/status.js';

/** The letter of each status a person may pick in Today; clear of the outcomes' letters and of the navigation's. */
export const statusLetters: Partial<Record<ProspectStatus, string>> = {
  interested: 'i',
  later: 'l',
  replied: 'q',
  not_interested: 'r',
  wrong_person: 'p',
  unreachable: 'h',
  invalid: 'z',
  do_not_contact: 'o',
};

const tones: Partial<Record<ProspectStatus, string>> = {
  interested: 'good',
  later: 'info',
  replied: 'info',
  do_not_contact: 'bad',
};

export interface StatusKey {
  to: ProspectStatus;
  letter: string;
  tone: string | null;
  /** Needs a day or a reason first: its key opens a small form. */
  asks: 'day' | 'reason' | null;
}

/** The statuses offered on a prospect, in the order of the keys; a new day for `later` is always one of them. */
export function statusKeys(status: ProspectStatus): StatusKey[] {
  const legal = new Set<ProspectStatus>(legalMovesFrom(status, 'person'));
  if (status === 'later') legal.add('later');
  return (Object.entries(statusLetters) as [ProspectStatus, string][])
    .filter(([to]) => legal.has(to))
    .map(([to, letter]) => ({ to, letter, tone: tones[to] ?? null, asks: asksFor(to) }));
}

function asksFor(to: ProspectStatus): StatusKey['asks'] {
  if (to === 'later') return 'day';
  return to === 'do_not_contact' ? 'reason' : null;
}

/** The letter of each class of an answer: where it leads to a status, that status's own letter. */
export const classLetters: Readonly<Record<HumanClass, string>> = {
  interested: 'i',
  later: 'l',
  referral: 'f',
  objection: 'q',
  not_interested: 'r',
  wrong_person: 'p',
  unsubscribe: 'o',
};

export interface ClassKey {
  class: HumanClass;
  letter: string;
  tone: string | null;
  /** Needs a day or a person first: its key opens a small form. */
  asks: 'day' | 'person' | null;
}

export const classKeys: readonly ClassKey[] = HUMAN_CLASSES.map((name) => ({
  class: name,
  letter: classLetters[name],
  tone: { interested: 'good', later: 'info', unsubscribe: 'bad' }[name as string] ?? null,
  asks: ({ later: 'day', referral: 'person' } as const)[name as string] ?? null,
}));

/** The letters that let colleagues who wait go on, or take them out: nobody has a step due beside them. */
export const releaseLetters: Readonly<Record<ReleaseAct, string>> = { resume: 'c', end: 'e' };

/** The outcomes one hopes for. */
const hopedFor = new Set(['sent', 'done', 'accepted', 'conversation']);

export function toneOf({ key, status, isOptOut }: Outcome): 'good' | 'bad' | null {
  if (hopedFor.has(key)) return 'good';
  return status === 'invalid' || isOptOut ? 'bad' : null;
}
