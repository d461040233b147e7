import type { ProspectStatus } from '../../prospects/status/status.js';
import type { HumanClass } from '../../mail/mail-class.js';

/**
 * What an answer makes of a prospect, once a person has said what it means. An objection leaves them `replied`: the talk
 * goes on. Who is pointed at somebody else is the wrong person. An opt-out goes through the suppression list.
 */
const statuses: Readonly<Record<HumanClass, ProspectStatus | null>> = {
  interested: 'interested',
  later: 'later',
  referral: 'wrong_person',
  objection: 'replied',
  not_interested: 'not_interested',
  wrong_person: 'wrong_person',
  unsubscribe: null,
};

/** Null: what follows is not a matter of the status alone. */
export function statusForReply(replyClass: HumanClass): ProspectStatus | null {
  return statuses[replyClass];
}
