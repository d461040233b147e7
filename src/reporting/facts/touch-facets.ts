import { channels, outcomes } from '../../outreach/touches/outcomes.js';
import type { Fact } from './fact.js';
import type { TouchFacet } from '../figures.js';
import * as touch from './touch-result.js';

const asked: Readonly<Record<TouchFacet, (fact: Fact) => boolean>> = {
  mails: touch.isMail,
  bounces: touch.isHardBounce,
  invitations: touch.isInvitation,
  acceptances: touch.isInvitationAccepted,
  dials: touch.isDial,
  connects: touch.isConnect,
  conversations: touch.isConversation,
};

const blank: Fact = {
  id: '',
  kind: 'touch',
  at: new Date(0),
  from: null,
  to: null,
  channel: null,
  result: null,
  data: null,
  undoesId: null,
};

/** The touches a facet counts, as pairs of channel and outcome, by the same rules as the funnel. */
export function touchesCounted(facet: TouchFacet): [channel: string, result: string][] {
  return channels.flatMap((channel) =>
    outcomes[channel]
      .filter((outcome) => asked[facet]({ ...blank, channel, result: outcome.key }))
      .map((outcome): [string, string] => [channel, outcome.key]),
  );
}
