import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSteps, type StepText } from '../../src/sequences/writing/step-check.js';
import { chooseVariant } from '../../src/sequences/engine/variant-choice.js';
import { mergeValuesOf } from '../../src/sequences/writing/merge-values.js';
import { readMessage, renderMessage } from '../../src/sequences/writing/message.js';

const mail = (day: number, subject = 'Bonjour', body = 'Bonjour {{firstName}}'): StepText => ({
  day,
  channel: 'email',
  variants: [{ subject, body }],
});

describe('steps are checked before they are saved', () => {
  it('lets a sound sequence through', () => {
    const invite: StepText = { day: 2, channel: 'linkedin_invite', variants: [{ body: '' }] };
    const call: StepText = { day: 2, channel: 'call', variants: [{ body: '' }] };
    expect(checkSteps([mail(0), invite, call])).toEqual({});
  });

  it('names the unknown field, its text and its place', () => {
    expect(checkSteps([mail(0), mail(3, 'Re {{prenom}}', 'a\nb {{nom}}')])).toEqual({
      'steps.1.variants.0.subject': {
        code: 'sequences.templateUnknownField',
        params: { line: 1, column: 6, field: 'prenom', nearest: 'firstName' },
      },
      'steps.1.variants.0.body': {
        code: 'sequences.templateUnknownField',
        params: { line: 2, column: 5, field: 'nom', nearest: 'lastName' },
      },
    });
  });

  it('wants a subject and a text for a mail, and a text for a task', () => {
    const task: StepText = { day: 0, channel: 'task', variants: [{ body: ' ' }] };
    expect(checkSteps([mail(0, ' ', ''), task])).toEqual({
      'steps.0.variants.0.subject': 'isNotEmpty',
      'steps.0.variants.0.body': 'isNotEmpty',
      'steps.1.variants.0.body': 'isNotEmpty',
    });
  });

  it('refuses no steps, steps out of order, a step without text, an invitation longer than LinkedIn takes', () => {
    expect(checkSteps([])).toEqual({ steps: 'sequences.stepsNone' });
    expect(checkSteps([mail(3), mail(1)])).toEqual({
      'steps.1.day': { code: 'sequences.stepBeforePrevious', params: { limit: 3 } },
    });
    expect(checkSteps([{ day: 0, channel: 'call', variants: [] }])).toEqual({
      'steps.0.variants': 'sequences.stepNoText',
    });
    const invite: StepText = { day: 0, channel: 'linkedin_invite', variants: [{ body: 'x'.repeat(301) }] };
    expect(checkSteps([invite])).toEqual({
      'steps.0.variants.0.body': { code: 'sequences.inviteTooLong', params: { limit: 300 } },
    });
  });
});

describe('the variant of a person', () => {
  it('is the same whenever it is asked, and one there is', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.integer({ min: 1, max: 5 }), (enrolment, step, variants) => {
        const chosen = chooseVariant(enrolment, step, variants);
        expect(chosen).toBe(chooseVariant(enrolment, step, variants));
        expect(chosen).toBeLessThan(variants);
      }),
    );
  });

  it('spreads a thousand people over two variants, 500 each give or take six standard deviations (95)', () => {
    const first = Array.from({ length: 1000 }, (_, n) => chooseVariant(`person-${n}`, 'step', 2)).filter(
      (v) => v === 0,
    );
    expect(Math.abs(first.length - 500)).toBeLessThan(95);
  });
});

it('a message is written with the country in words, in the language of the client’s market', () => {
  const claire = {
    firstName: 'Claire',
    lastName: null,
    fullName: 'Claire',
    title: null,
    companyName: 'Roux',
    companyDomain: null,
    city: null,
    country: 'DE',
    industry: null,
    custom: null,
  };
  const text = readMessage({
    subject: 'Pour {{firstName}}',
    body: '{{country}}, {{senderName}} ({{clientName}}) {{title}}',
  });
  const french = renderMessage(
    text,
    mergeValuesOf(claire, { senderName: 'Léa', clientName: 'Nordia', locale: 'fr', notice: null }),
  );
  expect(french.subject?.text).toBe('Pour Claire');
  expect(french.missing).toEqual(['title']);
  expect(french.body.pieces.map((piece) => piece.text).join('')).toBe('Allemagne, Léa (Nordia) ');
});
