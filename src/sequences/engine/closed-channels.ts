import type { PassedOver } from './why-waiting.js';
import { type Channel, outcomeOf, outcomes } from '../../outreach/touches/outcomes.js';
import { familyOf } from '../../outreach/touches/usable-channels.js';

/** What a touch says of its channel, whoever made it: the step of a sequence, or a person who logged it. */
export interface ChannelTouch {
  channel: Channel;
  outcome: string;
}

/** The outcomes that may close a channel: what is looked for among touches. */
export const closingOutcomes: readonly string[] = [
  ...new Set(
    Object.values(outcomes).flatMap((known) =>
      known.filter(({ closesChannel }) => closesChannel).map(({ key }) => key),
    ),
  ),
];

/** The channels that proved useless for a person. A profile that does not exist takes messages no more than invitations. */
export function closedBy(touches: readonly ChannelTouch[]): Channel[] {
  const closed = touches
    .filter(({ channel, outcome }) => outcomeOf(channel, outcome)?.closesChannel)
    .flatMap<Channel>(({ channel }) =>
      channel === 'linkedin_invite' ? ['linkedin_invite', 'linkedin_message'] : [channel],
    );
  return [...new Set(closed)];
}

/** The closed channels that steps still ahead would have used, in the order of the steps. `done`: the last position tried. */
export function passedOver(
  steps: readonly { channel: Channel }[],
  closed: readonly Channel[],
  done: number,
): PassedOver[] {
  const ahead = steps.slice(done).filter(({ channel }) => closed.includes(channel));
  return [...new Set(ahead.map(({ channel }) => familyOf(channel) as PassedOver))];
}
