import { DateTime } from 'luxon';
import { MONTH_WORD, monthOf, WEEKDAY_WORD, weekdayOf } from './month-names.js';

/*
 * The day somebody is back, out of an out-of-office note in French, English, German, Spanish, Italian or Dutch. Among
 * several dates the words around each decide: "back on" beats "until", "until" beats "from", and a bare date comes last.
 */

/** [year?, month, day] as written, or the weekday alone. */
interface Mention {
  from: number;
  to: number;
  day: DateTime;
}

const BACK =
  /(?:de retour|retour|[àd]e? nouveau|réouv|rouvr|reprends|reviens|reviendrai|serai (?:à nouveau|de nouveau)|reprendrai|reprise|back|return|again|resume|zurück|wieder|rückkehr|regreso|regresar|vuelvo|volver|vuelta|reincorpor|rientr|torner|ritorno|di nuovo|terug|weer|hervat)/;
const UNTIL =
  /(?:jusqu['’ ]?(?:au|en|à)?|au|until|till|through|thru|to|up to|bis(?: zum| einschließlich)?|hasta(?: el)?|al|fino (?:al|a)|tot(?: en met)?|t\/m|inclus|pas .{0,30}avant)\s*(?:le |the |el |il |zum )?$/;
const FROM =
  /(?:à (?:partir|compter) du|dès le|from|starting|as of|ab(?: dem)?|vom|seit|desde(?: el)?|a partir del?|dal|vanaf|depuis|du)\s*(?:le |the |el |il )?$/;
const INCLUDED =
  /^[\s,(]*(?:inclus|included|inclusive|einschlie|incluido|incluso|compreso|inbegrepen)|^\S* t\/m/;
const PRECEDED_INCLUDED =
  /(?:t\/m|tot en met|through|bis einschließlich|jusqu['’]au .{0,12}inclus)\s*(?:\S+ )?$/;

/** `YYYY-MM-DD` on which they are back, never before `now` and within the year; null when the note names none. */
export function returnDate(text: string, now: DateTime): string | null {
  const plain = text
    .slice(0, 5000)
    .replace(/[\s\u00a0]+/g, ' ')
    .toLowerCase();
  const ranked = mentions(plain, now)
    .filter(({ day }) => day >= now.startOf('day') && day <= now.plus({ days: 400 }))
    .map((mention) => ({ mention, rank: rankOf(plain, mention) }))
    .filter(({ rank }) => rank > FROM_RANK)
    .sort((a, b) => b.rank - a.rank || b.mention.day.toMillis() - a.mention.day.toMillis());
  const best = ranked[0];
  return best === undefined ? null : backOn(plain, best.mention, best.rank).toISODate();
}

/** "Until the 12th included" is back on the 13th. */
function backOn(text: string, { from, to, day }: Mention, rank: number): DateTime {
  const isLastDay =
    INCLUDED.test(text.slice(to, to + 20)) ||
    PRECEDED_INCLUDED.test(text.slice(Math.max(0, from - 25), from));
  return isLastDay && rank === UNTIL_RANK ? day.plus({ days: 1 }) : day;
}

/** "Until Monday 7 June": the day's name stands between the word and the date. */
const LAST_WEEKDAY = new RegExp(String.raw`${WEEKDAY_WORD},? (?:den |dem |the )?$`, 'u');

const BACK_RANK = 3;
const UNTIL_RANK = 2;
const PLAIN_RANK = 1;
/** The first day of an absence is no day to come back to. */
const FROM_RANK = 0;

/** "I will not return until", « pas disponible avant le ». */
const NOT_BEFORE =
  /(?:\bnot\b|n't|\bpas\b|nicht).{0,25}(?:until|till|before|avant|vor)(?: le| the| dem)?\s*$/;

function rankOf(text: string, { from, to }: Mention): number {
  const before = sentencePart(text.slice(Math.max(0, from - 60), from), -1);
  const after = sentencePart(text.slice(to, to + 35), 1).split(/ (?:and|et|und|y|ed?|en) /)[0]!;
  const close = before.slice(-40).replace(LAST_WEEKDAY, '').slice(-28);
  if (NOT_BEFORE.test(close)) return BACK_RANK;
  if (UNTIL.test(close))
    return BACK.test(close) && !/jusqu|until|till|bis|hasta|fino|tot/.test(close) ? BACK_RANK : UNTIL_RANK;
  if (BACK.test(before)) return BACK_RANK;
  if (BACK.test(after)) return BACK_RANK;
  return FROM.test(close) ? FROM_RANK : PLAIN_RANK;
}

/** What stands in the same sentence; a full stop between digits ends none. */
function sentencePart(text: string, side: -1 | 1): string {
  const parts = text.split(/[!?\n]|\.(?=\s+[a-zà-ü]{3})/);
  return (side === 1 ? parts[0] : parts.at(-1)) ?? '';
}

function mentions(text: string, now: DateTime): Mention[] {
  const whole = [...written(text, now), ...numeric(text, now), ...weekdays(text, now), ...nextDay(text, now)];
  const latest = DateTime.max(now.startOf('day'), ...whole.map(({ day }) => day));
  return [...whole, ...bareDay(text, latest)];
}

const BARE =
  /(?<=(?:retour|back|return|reprise)(?: prévu)?(?: on)?(?: the| le) )(\d{1,2})(?:er|st|nd|rd|th)?(?=\s*(?:[.,;!)]|$))/g;

/** "From 2 to 20 August, back on the 23rd": of the month that is spoken of. */
function* bareDay(text: string, latest: DateTime): Generator<Mention> {
  for (const found of text.matchAll(BARE)) {
    const inMonth = latest.set({ day: Number(found[1]) });
    yield* mention(found, inMonth < latest ? inMonth.plus({ months: 1 }) : inMonth);
  }
}

const DAY_FIRST = new RegExp(
  String.raw`(?<![\d/.-])(\d{1,2})(?:er|\.|º|°|st|nd|rd|th|e)?(?: de| of)?[ -](${MONTH_WORD})(?:[,-]? ?(?:de |del )?(\d{4}))?(?![\w])`,
  'gu',
);
const MONTH_FIRST = new RegExp(
  String.raw`(?<!\w)(${MONTH_WORD}) (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?!\d|:|h)(?:,? ?(\d{4}))?`,
  'gu',
);

function* written(text: string, now: DateTime): Generator<Mention> {
  for (const found of text.matchAll(DAY_FIRST))
    yield* mention(found, dated(now, found[3], monthOf(found[2]!), Number(found[1])));
  for (const found of text.matchAll(MONTH_FIRST))
    yield* mention(found, dated(now, found[3], monthOf(found[1]!), Number(found[2])));
}

const ISO = /(?<![\d-])(\d{4})([-/])(\d{2})\2(\d{2})(?!\d)/g;
const NUMERIC = /(?<![\d/.:-])(?!24\/7(?!\d))(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2})|\.)?(?![\d/:])/g;

function* numeric(text: string, now: DateTime): Generator<Mention> {
  for (const found of text.matchAll(ISO))
    yield* mention(found, dated(now, found[1], Number(found[3]), Number(found[4])));
  const found = [...text.matchAll(NUMERIC)];
  const isAmerican = found.some((one) => one[2] === '/' && Number(one[3]) > 12);
  for (const one of found) {
    const [first, second] = [Number(one[1]), Number(one[3])];
    const dayFirst = isAmerican ? null : dated(now, one[4], second, first);
    const monthFirst = one[2] === '/' ? dated(now, one[4], first, second) : null;
    yield* mention(one, isEnglish(text) ? later(dayFirst, monthFirst, now) : (dayFirst ?? monthFirst));
  }
}

const WEEKDAY = new RegExp(
  String.raw`(?<!\w)(${WEEKDAY_WORD})(?!\w)(?! (?:le )?(?:the )?\d| ${MONTH_WORD}|,? (?:den |dem )?\d)`,
  'gu',
);

function* weekdays(text: string, now: DateTime): Generator<Mention> {
  for (const found of text.matchAll(WEEKDAY)) {
    const ahead = (weekdayOf(found[1]!)! - now.weekday + 7) % 7 || 7;
    yield* mention(found, now.startOf('day').plus({ days: ahead }));
  }
}

const TOMORROW = /(?<![\p{L}-])(?:demain|tomorrow|morgen|mañana|domani)(?!\p{L})/gu;

function* nextDay(text: string, now: DateTime): Generator<Mention> {
  for (const found of text.matchAll(TOMORROW)) yield* mention(found, now.startOf('day').plus({ days: 1 }));
}

function* mention(found: RegExpExecArray, day: DateTime | null): Generator<Mention> {
  if (day !== null) yield { from: found.index, to: found.index + found[0].length, day };
}

/** Without a year: the next such day, a few days of grace for a note that is a little late. */
function dated(now: DateTime, year: string | undefined, month: number | null, day: number): DateTime | null {
  if (month === null) return null;
  const given = year === undefined ? now.year : Number(year) + (year.length === 2 ? 2000 : 0);
  const date = DateTime.fromObject({ year: given, month, day }, { zone: now.zone });
  if (!date.isValid) return null;
  return year === undefined && date < now.minus({ days: 60 }) ? date.plus({ years: 1 }) : date;
}

/** In English 5/6 is either; waiting until the later one does no harm. */
function later(one: DateTime | null, other: DateTime | null, now: DateTime): DateTime | null {
  const ahead = [one, other].filter((day): day is DateTime => day !== null && day >= now.startOf('day'));
  return ahead.sort((a, b) => b.toMillis() - a.toMillis())[0] ?? one ?? other;
}

const isEnglish = (text: string): boolean => /\b(?:the|will|office|return|back|please)\b/.test(text);
