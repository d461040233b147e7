import type { Channel } from '../../outreach/touches/outcomes.js';
import { readTemplate, type TemplateNode } from './read-template.js';

/** Plain advice on a text; `values` go into its sentence. Nothing here keeps a text from being saved. */
export interface Advice {
  code:
    | 'subject_long'
    | 'subject_short'
    | 'subject_capitals'
    | 'subject_fake_reply'
    | 'body_long'
    | 'body_short'
    | 'invite_long'
    | 'links_many'
    | 'link_short'
    | 'image'
    | 'markup'
    | 'capitals'
    | 'exclamations'
    | 'spam_words'
    | 'no_question'
    | 'questions_many';
  values: Record<string, string | number>;
}

export const adviceLimits = {
  subjectCharacters: 60,
  subjectLeast: 8,
  words: 150,
  wordsLeast: 25,
  links: 1,
  questions: 2,
  /** What LinkedIn gives those who do not pay. */
  inviteCharacters: 200,
} as const;

/** Turns of phrase that filters count against a mail, in the two languages we write. */
const trapWords = [
  ...[
    '100 % gratuit',
    'gratuit',
    'offre exceptionnelle',
    'offre limitée',
    'cliquez ici',
    'urgent',
    'promotion',
  ],
  ...[
    'sans engagement',
    'félicitations',
    'gagnez',
    'argent facile',
    'satisfait ou remboursé',
    'meilleur prix',
  ],
  ...['opportunité unique', 'dernière chance', 'garanti', 'profitez', 'remise', 'leader incontesté'],
  ...[
    '100% free',
    'free',
    'click here',
    'act now',
    'limited time',
    'special offer',
    'guaranteed',
    'risk-free',
  ],
  ...['congratulations', 'winner', 'earn money', 'best price', 'discount', 'buy now', 'once in a lifetime'],
];

const firstOnly: ReadonlySet<Advice['code']> = new Set(['subject_fake_reply', 'subject_short', 'body_short']);

const shorteners = /\b(bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|cutt\.ly|rebrand\.ly)\//i;
const links = /https?:\/\/[^\s<>"'«»]+/gi;

/**
 * What a careful colleague would say of a text as written; the notice and the fields do not count as words of it. A
 * follow-up may be short, and is an answer in its thread.
 */
export function adviceOn(
  channel: Channel,
  text: { subject?: string | undefined; body: string },
  { isFollowUp = false } = {},
): Advice[] {
  const body = wordsOf(text.body);
  if (body.trim() === '') return [];
  if (channel === 'linkedin_invite') return onInvite(body);
  if (channel !== 'email' && channel !== 'linkedin_message') return [];
  const advice = [
    ...(channel === 'email' ? [...onSubject(wordsOf(text.subject ?? '')), ...onMailBody(body)] : []),
    ...onTone(`${wordsOf(text.subject ?? '')} ${body}`),
    ...onQuestions(body),
  ];
  return isFollowUp ? advice.filter(({ code }) => !firstOnly.has(code)) : advice;
}

function onInvite(body: string): Advice[] {
  const n = body.length;
  const most = adviceLimits.inviteCharacters;
  return n > most ? [{ code: 'invite_long', values: { n, most } }] : [];
}

function onSubject(subject: string): Advice[] {
  const advice: Advice[] = [];
  const n = subject.trim().length;
  if (n > adviceLimits.subjectCharacters)
    advice.push({ code: 'subject_long', values: { n, most: adviceLimits.subjectCharacters } });
  if (n > 0 && n < adviceLimits.subjectLeast) advice.push({ code: 'subject_short', values: { n } });
  if (shouts(subject).length > 0) advice.push({ code: 'subject_capitals', values: {} });
  if (/^\s*(re|fwd?|tr)\s*:/i.test(subject)) advice.push({ code: 'subject_fake_reply', values: {} });
  return advice;
}

function onMailBody(body: string): Advice[] {
  const advice: Advice[] = [];
  const n = body.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (n > adviceLimits.words) advice.push({ code: 'body_long', values: { n, most: adviceLimits.words } });
  if (n < adviceLimits.wordsLeast)
    advice.push({ code: 'body_short', values: { n, least: adviceLimits.wordsLeast } });
  const linked = body.match(links)?.length ?? 0;
  if (linked > adviceLimits.links)
    advice.push({ code: 'links_many', values: { n: linked, most: adviceLimits.links } });
  if (shorteners.test(body)) advice.push({ code: 'link_short', values: {} });
  if (/<img\b|!\[[^\]]*\]\(|\bdata:image\//i.test(body)) advice.push({ code: 'image', values: {} });
  else if (/<\/?[a-z][^>]*>/i.test(body)) advice.push({ code: 'markup', values: {} });
  return advice;
}

function onTone(text: string): Advice[] {
  const advice: Advice[] = [];
  const loud = shouts(text.replace(links, ''));
  if (loud.length > 0) advice.push({ code: 'capitals', values: { words: loud.slice(0, 3).join(', ') } });
  const n = text.match(/!/g)?.length ?? 0;
  if (n > 1) advice.push({ code: 'exclamations', values: { n } });
  const found = trapWords.filter((word) => hasWord(text, word));
  const named = found.filter((word) => !found.some((other) => other !== word && other.includes(word)));
  if (named.length > 0) advice.push({ code: 'spam_words', values: { words: named.join(', ') } });
  return advice;
}

/** One message, one thing asked. */
function onQuestions(body: string): Advice[] {
  const n = body.replace(links, '').match(/\?+/g)?.length ?? 0;
  if (n === 0) return [{ code: 'no_question', values: {} }];
  return n > adviceLimits.questions
    ? [{ code: 'questions_many', values: { n, most: adviceLimits.questions } }]
    : [];
}

/** Words in capitals of five letters and more: shorter ones are mostly abbreviations; « STOP » is what the notice asks for. */
function shouts(text: string): string[] {
  return [...new Set(text.match(/(?<![\p{L}\p{N}])\p{Lu}{5,}(?![\p{L}\p{N}])/gu) ?? [])];
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

/** The writer's own words: a field stands for one word, of a condition the first way counts. */
function wordsOf(source: string): string {
  const say = (node: TemplateNode): string => {
    if (node.kind === 'text') return node.text;
    if (node.kind === 'if') return node.whenPresent.map(say).join('');
    return node.field === 'notice' ? '' : 'Xxxxxx';
  };
  return readTemplate(source).nodes.map(say).join('');
}
