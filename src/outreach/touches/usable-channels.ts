import type { Channel } from './outcomes.js';

/** How a person can be reached, as written in their row. */
export interface ContactPoints {
  email: string | null;
  /** `invalid` once the address bounced or was found wrong. */
  emailStatus: string | null;
  phone: string | null;
  mobilePhone: string | null;
  linkedinUrl: string | null;
}

/** The channels a person can be reached on, less those they object to (`all`: every one). Tasks need none. */
export function usableChannels(person: ContactPoints, objected: 'all' | readonly string[]): Channel[] {
  if (objected === 'all') return [];
  const open: Channel[] = [];
  if (person.email && person.emailStatus !== 'invalid') open.push('email');
  if (person.linkedinUrl) open.push('linkedin_invite', 'linkedin_message');
  if (person.phone || person.mobilePhone) open.push('call');
  return open.filter((channel) => !objectsTo(objected, channel));
}

/** Whether who objects to this (`all`: every channel) does not want to be reached on that channel. */
export function objectsTo(objected: 'all' | readonly string[], channel: Channel): boolean {
  return objected === 'all' || objected.includes(channel) || objected.includes(familyOf(channel));
}

/** An objection may name LinkedIn as a whole. */
export function familyOf(channel: Channel): string {
  return channel.startsWith('linkedin') ? 'linkedin' : channel;
}
