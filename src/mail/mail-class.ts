/** What a machine sends back. */
export const MACHINE_CLASSES = [
  'out_of_office',
  'bounce_hard',
  'bounce_soft',
  'sender_blocked',
  'complaint',
  'calendar_response',
  'automatic',
] as const;

/** What a person says. */
export const HUMAN_CLASSES = [
  'interested',
  'later',
  'referral',
  'objection',
  'not_interested',
  'wrong_person',
  'unsubscribe',
] as const;

export type MachineClass = (typeof MACHINE_CLASSES)[number];
export type HumanClass = (typeof HUMAN_CLASSES)[number];
export type MailClass = MachineClass | HumanClass;

/** Whether a person wrote it. Out-of-office notes, bounces and the like are never a reply. */
export function isHuman(mailClass: MailClass): mailClass is HumanClass {
  return (HUMAN_CLASSES as readonly string[]).includes(mailClass);
}
