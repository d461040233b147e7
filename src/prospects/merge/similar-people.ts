import { mailboxLikeness, nameInAddress, spells } from './mailbox-likeness.js';
import { nameLikeness, type NameWords, nameWords } from './name-likeness.js';
import { workLikeness, type Workplace, workplace } from './work-likeness.js';

/** What is compared of a prospect; all of it normalised, as stored. */
export interface ComparedPerson {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  /** E.164. */
  phone: string | null;
  mobilePhone: string | null;
  /** Canonical. */
  linkedinUrl: string | null;
  companyName: string | null;
  companyDomain: string | null;
}

export const EVIDENCE = [
  ...(['name.same', 'name.swapped', 'name.nickname', 'name.part', 'name.typo', 'name.initial'] as const),
  ...(['name.unknown', 'work.company', 'work.domain', 'work.family', 'work.alike', 'work.unknown'] as const),
  ...(['mobile.same', 'phone.same', 'mailbox.same', 'mailbox.variant', 'linkedin.same'] as const),
  ...(['work.different', 'mailbox.numbered', 'linkedin.different'] as const),
] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** Points for and against one person being meant twice; a person decides, the points put the likeliest first. */
const POINTS: Readonly<Record<Evidence, number>> = {
  'name.same': 50,
  'name.swapped': 46,
  'name.nickname': 42,
  'name.part': 38,
  'name.typo': 36,
  'name.initial': 30,
  'name.unknown': 12,
  'work.company': 34,
  'work.domain': 34,
  'work.family': 28,
  'work.alike': 24,
  'work.unknown': 10,
  'mobile.same': 45,
  'phone.same': 12,
  'mailbox.same': 50,
  'mailbox.variant': 14,
  'linkedin.same': 50,
  'work.different': -30,
  'mailbox.numbered': -25,
  'linkedin.different': -25,
};

/** From here on a pair is suggested; from `SURE` on it is called very likely. */
export const SUGGESTED = 60;
export const SURE = 80;
const MOST = 99;

export interface Similarity {
  /** 0–99; never sure across two employers. */
  score: number;
  /** What speaks for it, then what speaks against. */
  evidence: Evidence[];
}

const NONE: Similarity = { score: 0, evidence: [] };

/** Whether two prospects of one client may be one person. The same whichever comes first. */
export function similarity(one: ComparedPerson, other: ComparedPerson): Similarity {
  const [mine, theirs] = [namesOf(one), namesOf(other)];
  const [here, there] = [placeOf(one), placeOf(other)];
  const isOneFamily = here.family !== null && here.family === there.family;
  const likeness = nameLikeness(mine, theirs);
  const name =
    likeness === 'unknown' && isOneFamily && isSpelled(one, other, mine, theirs) ? 'initial' : likeness;
  if (name === 'different') return NONE;
  const work = workLikeness(here, there);
  const evidence: Evidence[] = [`name.${name}`, `work.${work}`, ...contactEvidence(one, other)];
  const near = isOneFamily || work === 'company';
  const mailbox = mailboxLikeness(
    { email: one.email, name: mine },
    { email: other.email, name: theirs },
    near,
  );
  if (mailbox !== null) evidence.push(`mailbox.${mailbox}`);
  if (name === 'unknown' && !evidence.some(isPersonal)) return NONE;
  return { score: scoreOf(evidence), evidence: evidence.sort((a, b) => POINTS[b] - POINTS[a]) };
}

/** Whether evidence speaks for one person. */
export const speaksFor = (evidence: Evidence): boolean => POINTS[evidence] > 0;

function scoreOf(evidence: readonly Evidence[]): number {
  const sum = evidence.reduce((total, one) => total + POINTS[one], 0);
  const isUnsure =
    evidence.includes('work.different') ||
    ((evidence.includes('name.initial') || evidence.includes('name.unknown')) && !evidence.some(isPersonal));
  return Math.max(0, Math.min(sum, isUnsure ? SURE - 1 : MOST));
}

/** What belongs to one person alone. */
function isPersonal(evidence: Evidence): boolean {
  return evidence === 'mobile.same' || evidence === 'mailbox.same' || evidence === 'linkedin.same';
}

/** Known by an address only, a person may still have the name it spells. */
function isSpelled(one: ComparedPerson, other: ComparedPerson, mine: NameWords, theirs: NameWords): boolean {
  return (
    (mine.last.length === 0 && one.email !== null && spells(one.email, theirs)) ||
    (theirs.last.length === 0 && other.email !== null && spells(other.email, mine))
  );
}

/** The words of the name, or those its address tells where the name is missing. */
export function namesOf({ firstName, lastName, email }: ComparedPerson): NameWords {
  const words = nameWords(firstName, lastName);
  const told = words.last.length > 0 || email === null ? null : nameInAddress(email);
  const isTold = told !== null && (words.first.length === 0 || words.first.join('') === told.first.join(''));
  return isTold ? told : words;
}

function placeOf({ companyName, companyDomain, email }: ComparedPerson): Workplace {
  return workplace(companyName, companyDomain, email);
}

function contactEvidence(one: ComparedPerson, other: ComparedPerson): Evidence[] {
  const phone = phoneEvidence(one, other);
  const isKnown = one.linkedinUrl !== null && other.linkedinUrl !== null;
  const isSame = one.linkedinUrl === other.linkedinUrl;
  return [
    ...(phone === null ? [] : [phone]),
    ...(isKnown ? [isSame ? ('linkedin.same' as const) : ('linkedin.different' as const)] : []),
  ];
}

/** A line may be the switchboard; a mobile phone belongs to one person. */
function phoneEvidence(one: ComparedPerson, other: ComparedPerson): Evidence | null {
  const isShared = (number: string | null, numbers: readonly (string | null)[]): boolean =>
    number !== null && numbers.includes(number);
  const all = [other.phone, other.mobilePhone];
  const isMobile =
    isShared(one.mobilePhone, all) || (isShared(one.phone, all) && one.phone === other.mobilePhone);
  if (isMobile || (isShared(one.phone, all) && isFrenchMobile(one.phone))) return 'mobile.same';
  return isShared(one.phone, all) ? 'phone.same' : null;
}

/** Many files have one column for all phones; French mobile numbers say what they are. */
function isFrenchMobile(number: string | null): boolean {
  return /^\+33[67]/.test(number ?? '');
}
