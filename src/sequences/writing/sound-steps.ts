import type { Channel } from '../../outreach/touches/outcomes.js';
import { InvalidInput } from '../../shared/errors.js';
import type { Step } from '../sequence.entity.js';
import { checkSteps } from './step-check.js';

/** A step as somebody sent it. */
interface StepAsSent {
  id?: string;
  day: number;
  channel: Channel;
  variants: readonly { subject?: string; body?: string }[];
}

/** What the steps are held against: columns the client's files brought, ids of the steps there were; and new ids. */
interface KnownThings {
  columns: readonly string[];
  known?: ReadonlySet<string>;
  newId: () => string;
}

/** The steps as they are kept: known ids stay, new steps get theirs. @throws InvalidInput */
export function soundSteps(inputs: readonly StepAsSent[], { columns, known, newId }: KnownThings): Step[] {
  refuseLists(inputs, 'steps');
  inputs.forEach((step, index) => refuseLists(step.variants, `steps.${index}.variants`));
  const steps = inputs.map(({ id, day, channel, variants }) => ({
    id,
    day,
    channel,
    variants: variants.map(plainText(channel)),
  }));
  const problems = checkSteps(steps, columns);
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  const taken = new Set<string>();
  return steps.map(({ id, day, channel, variants }) => {
    const keeps = id !== undefined && known?.has(id) === true && !taken.has(id);
    if (keeps) taken.add(id);
    return { id: keeps ? id : newId(), day, channel, variants };
  });
}

/** Only mail has a subject; line ends are kept as one sign. */
function plainText(
  channel: Channel,
): (variant: { subject?: string; body?: string }) => { subject?: string; body: string } {
  return ({ subject, body }) => ({
    ...(channel === 'email' ? { subject: (subject ?? '').trim() } : {}),
    body: (body ?? '').replaceAll('\r\n', '\n').trimEnd(),
  });
}

/** Validators look into a list inside a list and find its members sound; here each member must be one thing. */
function refuseLists(members: readonly unknown[], path: string): void {
  const at = members.findIndex((member) => Array.isArray(member));
  if (at >= 0) throw new InvalidInput({ [`${path}.${at}`]: 'nestedValidation' });
}
