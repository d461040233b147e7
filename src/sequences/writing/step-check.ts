import type { Channel } from '../../outreach/touches/outcomes.js';
import type { FieldProblem, FieldProblems } from '../../shared/errors.js';
import { nearestField } from './nearest-field.js';
import { readTemplate, type TemplateProblem } from './read-template.js';

/** One step as somebody wrote it. */
export interface StepText {
  day: number;
  channel: Channel;
  variants: readonly { subject?: string | undefined; body: string }[];
}

export const stepLimits = { steps: 30, variants: 5, lastDay: 365, inviteCharacters: 300 } as const;

/** What a channel's text consists of: a call's script and an invitation's note may stay empty. */
const needsBody: Readonly<Record<Channel, boolean>> = {
  email: true,
  linkedin_invite: false,
  linkedin_message: true,
  call: false,
  task: true,
};

/**
 * Everything that keeps these steps from being saved, by field path (`steps.0.variants.0.body`); empty when sound.
 * `columns` are those the client's own files brought; while none is known, any may be named.
 */
export function checkSteps(steps: readonly StepText[], columns: readonly string[] = []): FieldProblems {
  if (steps.length === 0) return { steps: 'sequences.stepsNone' };
  if (steps.length > stepLimits.steps) return { steps: limit('sequences.stepsTooMany', stepLimits.steps) };
  const problems: FieldProblems = {};
  steps.forEach((step, index) => {
    const path = `steps.${index}`;
    const before = steps[index - 1];
    if (before && step.day < before.day)
      problems[`${path}.day`] = limit('sequences.stepBeforePrevious', before.day);
    if (step.variants.length === 0) problems[`${path}.variants`] = 'sequences.stepNoText';
    if (step.variants.length > stepLimits.variants) {
      problems[`${path}.variants`] = limit('sequences.stepTooManyVariants', stepLimits.variants);
    }
    step.variants.forEach((variant, place) =>
      Object.assign(problems, checkText(step.channel, variant, `${path}.variants.${place}`, columns)),
    );
  });
  return problems;
}

function checkText(
  channel: Channel,
  text: StepText['variants'][number],
  path: string,
  columns: readonly string[],
): FieldProblems {
  const problems: FieldProblems = {};
  const subject = channel === 'email' ? problemOf(text.subject ?? '', true, columns) : null;
  const body = problemOf(text.body, needsBody[channel], columns);
  if (subject) problems[`${path}.subject`] = subject;
  if (body) problems[`${path}.body`] = body;
  if (!body && channel === 'linkedin_invite' && text.body.length > stepLimits.inviteCharacters) {
    problems[`${path}.body`] = limit('sequences.inviteTooLong', stepLimits.inviteCharacters);
  }
  return problems;
}

function problemOf(source: string, isNeeded: boolean, columns: readonly string[]): FieldProblem | null {
  if (isNeeded && source.trim() === '') return 'isNotEmpty';
  const [first] = readTemplate(source, columns).problems;
  return first ? templateProblem(first, columns) : null;
}

const codes: Readonly<Record<TemplateProblem['code'], string>> = {
  syntax: 'sequences.templateSyntax',
  unknown_field: 'sequences.templateUnknownField',
  not_allowed: 'sequences.templateNotAllowed',
  empty_default: 'sequences.templateEmptyDefault',
  too_long: 'sequences.templateTooLong',
  too_deep: 'sequences.templateTooDeep',
};

function templateProblem(
  { code, line, column, field }: TemplateProblem,
  columns: readonly string[],
): FieldProblem {
  const params = { line, column, field: field ?? '' };
  if (code !== 'unknown_field') return { code: codes[code], params };
  return { code: codes[code], params: { ...params, nearest: nearestField(field ?? '', columns) ?? 'none' } };
}

function limit(code: string, most: number): FieldProblem {
  return { code, params: { limit: most } };
}
