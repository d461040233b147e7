import { outcomes } from './outcomes.js';

/** What people do by hand on accounts of their own, which the networks close when it is too much. */
export const pacedChannels = ['linkedin_invite', 'linkedin_message', 'call'] as const;
export type PacedChannel = (typeof pacedChannels)[number];

/** Gestures of one person in a day: LinkedIn tolerates about 100 invitations a week; calls bound a day's work. */
export const usualLimits: Readonly<Record<PacedChannel, number>> = {
  linkedin_invite: 20,
  linkedin_message: 40,
  call: 80,
};
export const highestLimit = 500;

export interface Pace {
  channel: PacedChannel;
  done: number;
  limit: number;
}

/** The limits in force: those the agency set, the usual ones for the rest. */
export function limitsOf(set: Readonly<Record<string, number>>): Record<PacedChannel, number> {
  return {
    ...usualLimits,
    ...Object.fromEntries(
      pacedChannels.filter((channel) => channel in set).map((channel) => [channel, set[channel]!]),
    ),
  };
}

/** The results that count: something went out to somebody. */
export function countedResults(channel: PacedChannel): string[] {
  return outcomes[channel].filter(({ isAttempt }) => isAttempt).map(({ key }) => key);
}

export const isUsedUp = ({ done, limit }: Pace): boolean => done >= limit;
