import { describe, expect, it } from 'vitest';
import {
  carriesNotice,
  lackingNotice,
  noticeOf,
  withNotice,
} from '../../src/sequences/writing/notice-block.js';
import { sealOf } from '../../src/sequences/approval/text-seal.js';

const NORDIA = {
  agencyName: 'Agence Épure',
  legalName: 'Nordia Industrie SAS',
  privacyUrl: 'https://nordia.example/donnees',
  source: 'du site de votre entreprise.',
};
const mail = (...bodies: string[]) => ({
  channel: 'email' as const,
  variants: bodies.map((body) => ({ subject: 's', body })),
});
const call = { channel: 'call' as const, variants: [{ body: '' }] };
const invite = { channel: 'linkedin_invite' as const, variants: [{ body: 'Bonjour' }] };

describe('the notice', () => {
  it('says in French who writes for whom, where the address comes from, how to object, and where to read more', () => {
    const { text } = noticeOf(NORDIA, 'fr');
    expect(text).toBe(
      'Agence Épure vous écrit pour le compte de Nordia Industrie SAS. Vos coordonnées professionnelles proviennent du site de votre entreprise. ' +
        'Vous pouvez vous opposer à tout nouveau message en répondant «\u00a0STOP\u00a0». Vos données et vos droits\u00a0: https://nordia.example/donnees',
    );
  });

  it('says the same in English to those who read English', () => {
    const { text } = noticeOf({ ...NORDIA, source: 'your company’s website' }, 'en');
    expect(text).toContain('on behalf of Nordia Industrie SAS');
    expect(text).toContain('come from your company’s website.');
  });

  it('is not made while the client’s record lacks something, and names what', () => {
    expect(noticeOf({ ...NORDIA, legalName: null, source: '' }, 'fr')).toEqual({
      text: null,
      gaps: ['legalName', 'dataSource'],
    });
  });
});

describe('a first message', () => {
  it('must carry it in every variant; later ones need not', () => {
    expect(lackingNotice([mail('a {{notice}}', 'b'), mail('c')])).toEqual([{ step: 0, variant: 1 }]);
    expect(lackingNotice([mail('a {{notice}}'), mail('c')])).toEqual([]);
  });

  it('is the first mail or LinkedIn message: an invitation and a call are none', () => {
    expect(lackingNotice([call, invite, mail('a')])).toEqual([{ step: 2, variant: 0 }]);
    expect(lackingNotice([call, invite])).toEqual([]);
  });

  it('does not carry it when only some people would get it', () => {
    expect(carriesNotice('a {{#if city}}{{notice}}{{/if}}')).toBe(false);
    expect(carriesNotice('a {{#if city}}b{{/if}} {{ notice }}')).toBe(true);
  });

  it('gets it at its end in one click, where it lacks and nowhere else', () => {
    const [first, second] = withNotice([mail('a {{notice}}', 'b\n'), mail('c')]);
    expect(first!.variants.map(({ body }) => body)).toEqual(['a {{notice}}', 'b\n\n{{notice}}']);
    expect(second!.variants[0]!.body).toBe('c');
  });
});

describe('the seal of approved texts', () => {
  const texts = { locale: 'fr', notice: 'n', steps: [{ day: 0, ...mail('a') }] };
  it('is the same for the same words, and another for any other word, day, notice or language', () => {
    const seal = sealOf(texts);
    expect(sealOf(structuredClone(texts))).toBe(seal);
    const others = [
      { ...texts, locale: 'en' },
      { ...texts, notice: null },
      { ...texts, steps: [{ day: 1, ...mail('a') }] },
      { ...texts, steps: [{ day: 0, ...mail('a ') }] },
      { ...texts, steps: [{ day: 0, ...mail('a'), channel: 'linkedin_message' as const }] },
    ];
    expect(new Set([seal, ...others.map(sealOf)]).size).toBe(6);
  });
});
