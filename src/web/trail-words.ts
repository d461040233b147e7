/** Acts that have a sentence in the locales (`settings.acts.<act with _ for .>`); others are shown by their own name. */
const SPOKEN = new Set([
  'agency.founded',
  'user.invited',
  'user.invited_again',
  'user.set_password',
  'user.signed_in',
  'user.sign_in_failed',
  'user.signed_out',
  'user.signed_out_everywhere',
  'user.role',
  'user.disabled',
  'user.enabled',
  'user.changed_profile',
  'token.issued',
  'token.revoked',
  'client.opened',
  'client.edited',
  'client.switched_off',
  'client.switched_on',
  'client.assigned',
  'client.unassigned',
  'contact.added',
  'contact.edited',
  'contact.left',
  'engagement.agreed',
  'engagement.amended',
  'engagement.dated',
  'icp.defined',
  'icp.renamed',
  'icp.refined',
  'icp.shelved',
  'icp.taken_up',
  'import.received',
  'import.started',
  'import.reverted',
  'prospect.status',
  'prospect.undo',
  'prospect.created',
  'prospects.rejudged',
  'list.created',
  'list.enlisted',
  'list.delisted',
  'list.dropped',
  'suppression.added',
  'suppression.lifted',
  'sequence.created',
  'sequence.edited',
  'enrolment.paused',
  'enrolment.resumed',
  'cost.assumed',
  'meeting.booked',
  'meeting.rescheduled',
  'meeting.held',
  'meeting.claimed',
  'meeting.accepted',
  'meeting.contested',
  'meeting.lapsed',
  'meeting.no_show_guest',
  'meeting.no_show_host',
  'meeting.cancelled_by_guest',
  'meeting.cancelled_by_client',
  'meeting.cancelled_by_agency',
]);

/** Key of the sentence, or null when nobody has written one. */
export function sentenceOf(act: string): string | null {
  return SPOKEN.has(act) ? `settings.acts.${act.replace('.', '_')}` : null;
}

const PLACES: Readonly<Record<string, string>> = {
  client: '/clients',
  prospect: '/prospects',
  meeting: '/meetings',
  sequence: '/sequences',
  import: '/imports',
};

/** Where the subject can be looked at; null when it has no page of its own. */
export function addressOf(subjectType: string, subjectId: string | null): string | null {
  const place = PLACES[subjectType];
  return place === undefined || subjectId === null ? null : `${place}/${subjectId}`;
}
