import { readTemplate } from './read-template.js';
import type { Step } from '../sequence.entity.js';

/** What the notice is made of. `source` follows « proviennent … » or "come from …" in the language of the messages. */
export interface NoticeSource {
  agencyName: string;
  legalName: string | null;
  privacyUrl: string | null;
  source: string | null;
}

/** What the client's record still lacks, by the name of its field. */
export type NoticeGap = 'legalName' | 'privacyUrl' | 'dataSource';

/** The block a message names `{{notice}}`: who writes for whom, where the address comes from, how to object. */
export type Notice = { text: string; gaps: [] } | { text: null; gaps: NoticeGap[] };

const wording = {
  fr: ({ agencyName, legalName, privacyUrl, source }: Complete) =>
    `${agencyName} vous écrit pour le compte de ${legalName}. Vos coordonnées professionnelles proviennent ${source}. ` +
    `Vous pouvez vous opposer à tout nouveau message en répondant «\u00a0STOP\u00a0». ` +
    `Vos données et vos droits\u00a0: ${privacyUrl}`,
  en: ({ agencyName, legalName, privacyUrl, source }: Complete) =>
    `${agencyName} is writing to you on behalf of ${legalName}. Your business details come from ${source}. ` +
    `You may object to any further message by answering “STOP”. Your data and your rights: ${privacyUrl}`,
};

type Complete = { [K in keyof NoticeSource]: string };

/** In the language the messages are written in; French unless that is English. */
export function noticeOf(source: NoticeSource, locale: string): Notice {
  const { agencyName, legalName, privacyUrl, source: from } = source;
  const gaps: NoticeGap[] = [];
  if (!legalName) gaps.push('legalName');
  if (!from) gaps.push('dataSource');
  if (!privacyUrl) gaps.push('privacyUrl');
  if (!legalName || !from || !privacyUrl) return { text: null, gaps };
  const say = wording[locale === 'en' ? 'en' : 'fr'];
  return { text: say({ agencyName, legalName, privacyUrl, source: withoutStop(from) }), gaps: [] };
}

/** A text that must carry the notice and does not. Places count from 0. */
export interface NoticePlace {
  step: number;
  variant: number;
}

/**
 * The variants of the first message that lack the notice. The first message is the first mail or LinkedIn message: an
 * invitation is too short for it, and on the phone one says who is calling.
 */
export function lackingNotice(steps: readonly Pick<Step, 'channel' | 'variants'>[]): NoticePlace[] {
  const step = steps.findIndex(({ channel }) => channel === 'email' || channel === 'linkedin_message');
  if (step < 0) return [];
  return steps[step]!.variants.flatMap(({ body }, variant) =>
    carriesNotice(body) ? [] : [{ step, variant }],
  );
}

/** Whether somebody who gets this text always gets the notice: inside a condition it would not be sure. */
export function carriesNotice(body: string): boolean {
  return readTemplate(body).nodes.some((node) => node.kind === 'field' && node.field === 'notice');
}

/** The same texts with the notice put at the end of the first message where it lacks. */
export function withNotice<S extends Pick<Step, 'channel' | 'variants'>>(steps: readonly S[]): S[] {
  const lacking = lackingNotice(steps);
  return steps.map((step, index) => ({
    ...step,
    variants: step.variants.map((one, place) =>
      lacking.some(({ step: at, variant }) => at === index && variant === place)
        ? { ...one, body: `${one.body.trimEnd()}\n\n{{notice}}` }
        : one,
    ),
  }));
}

const withoutStop = (text: string): string => text.trim().replace(/\.+$/, '');
