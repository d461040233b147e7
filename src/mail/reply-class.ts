import type { HumanClass } from './mail-class.js';
import { PLAIN, REASSURING, type Signs, SIGNS } from './reply-signs.js';

/** What a person's answer looks like, and how sure that guess is (0–1). */
export interface SuggestedClass {
  mailClass: Exclude<HumanClass, 'unsubscribe'>;
  confidence: number;
}

/**
 * The suggested class of an answer. Confidence is low on purpose: one clear sign 0.8, signs of two kinds at most 0.55,
 * a weak sign 0.45, none at all 0.2 — and below the threshold a person decides.
 */
export function suggestClass(fresh: string): SuggestedClass {
  const text = fresh.replace(/’/g, "'").slice(0, 4000);
  const plain = PLAIN.find(([word]) => word.test(text));
  if (plain) return { mailClass: plain[1], confidence: 0.6 };
  const read = text.replace(REASSURING, ' pourquoi pas ');
  const strong = SIGNS.filter((signs) => signs.strong.some((sign) => sign.test(read)));
  const weak = SIGNS.filter((signs) => signs.weak.test(read));
  const first = (isPostponed(strong) ? strong.find(isLater) : strong[0]) ?? weak[0];
  if (first === undefined) return { mailClass: 'interested', confidence: 0.2 };
  if (strong.length === 0) return { mailClass: first.mailClass, confidence: weak.length === 1 ? 0.45 : 0.35 };
  const rivals = strong.filter(({ mailClass }) => !agree(first.mailClass, mailClass));
  const isPlain = rivals.length === 0;
  const base = isPlain ? 0.8 : 0.55;
  const seconded = isPlain && weak.includes(first) ? 0.08 : 0;
  const rambling = text.length > 1200 ? 0.15 : 0;
  return { mailClass: first.mailClass, confidence: round(base + seconded - rambling) };
}

/** "Not interested this year, try again in May": what they offer counts. */
const isPostponed = (strong: readonly Signs[]): boolean =>
  strong.some(isLater) && strong[0]!.mailClass === 'not_interested';

const isLater = ({ mailClass }: Signs): boolean => mailClass === 'later';

/** Classes that are often said in one breath: "not now, call me in May" is later, not two opinions. */
function agree(one: HumanClass, other: HumanClass): boolean {
  const pairs = [
    'later interested',
    'referral wrong_person',
    'wrong_person referral',
    'not_interested objection',
    'referral interested',
  ];
  return one === other || pairs.includes(`${one} ${other}`);
}

const round = (share: number): number => Math.round(share * 100) / 100;
