/** Beginnings that tell a month in French, English, German, Spanish, Italian and Dutch, January first. */
const BEGINNINGS: readonly RegExp[] = [
  /^(?:jan|ene|gen|jän)/,
  /^(?:f[eé]v|feb|fév)/,
  /^(?:mars|mär|mar|maerz|mrt|maart)/,
  /^(?:avr|apr|abr)/,
  /^(?:mai|may|mag|mei)/,
  /^(?:juin|jun|giu)/,
  /^(?:juil|jul|lug)/,
  /^(?:ao[uû]t|aug|ago)/,
  /^(?:sep|set|sept)/,
  /^(?:oct|okt|ott)/,
  /^(?:nov)/,
  /^(?:d[eé]c|dez|dic|dec)/,
];

/** Any word that names a month, for use inside a larger pattern. */
export const MONTH_WORD = String.raw`(?:jan(?:vier|uary|uar|uari)?|jän(?:ner)?|enero|ene|gennaio|gen|f[eé]v(?:rier)?|feb(?:ruary|ruar|ruari|rero|braio)?|mars|march|mär(?:z)?|maerz|marzo|maart|mrt|mar|avr(?:il)?|apr(?:il|ile)?|abr(?:il)?|mai|may(?:o)?|mag(?:gio)?|mei|juin|jun(?:e|i|io)?|giu(?:gno)?|juil(?:let)?|jul(?:y|i|io)?|lug(?:lio)?|ao[uû]t|aug(?:ust|ustus)?|ago(?:sto)?|sep(?:t)?(?:ember|embre|iembre|tembre)?|set(?:tembre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|nov(?:ember|embre|iembre)?|d[eé]c(?:ember|embre)?|dez(?:ember)?|dic(?:iembre|embre)?)\.?`;

/** "août", "Aug." → 8; null when it is no month. */
export function monthOf(word: string): number | null {
  const at = BEGINNINGS.findIndex((beginning) => beginning.test(word.toLowerCase()));
  return at === -1 ? null : at + 1;
}

/** ISO weekday of a word in those languages (Monday 1), or null. */
export function weekdayOf(word: string): number | null {
  const at = WEEKDAYS.findIndex((names) => names.test(word.toLowerCase()));
  return at === -1 ? null : at + 1;
}

const WEEKDAYS: readonly RegExp[] = [
  /^(?:lundi|monday|montag|lunes|luned[iì]|maandag)$/,
  /^(?:mardi|tuesday|dienstag|martes|marted[iì]|dinsdag)$/,
  /^(?:mercredi|wednesday|mittwoch|mi[eé]rcoles|mercoled[iì]|woensdag)$/,
  /^(?:jeudi|thursday|donnerstag|jueves|gioved[iì]|donderdag)$/,
  /^(?:vendredi|friday|freitag|viernes|venerd[iì]|vrijdag)$/,
  /^(?:samedi|saturday|samstag|sonnabend|s[aá]bado|sabato|zaterdag)$/,
  /^(?:dimanche|sunday|sonntag|domingo|domenica|zondag)$/,
];

export const WEEKDAY_WORD = String.raw`(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|(?:lune|marte|mercole|giove|vener)d[iì]|sabato|domenica|(?:maan|dins|woens|donder|vrij|zater|zon)dag)`;
