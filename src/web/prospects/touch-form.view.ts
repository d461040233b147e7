import { objectsTo } from '../../outreach/touches/usable-channels.js';
import type { ProspectStatus } from '../../prospects/status/status.js';
import type { Objection } from '../../prospects/suppression/suppression-keys.js';
import type { Page, Refused } from '../rendering/page.js';
import { channelIcon } from '../sequences/message.view.js';
import { toneOf } from '../today/today-keys.js';
import { loggedDeeds } from './touch-form.dto.js';

interface Contacted {
  status: ProspectStatus;
  objected: Objection;
}

/** Buttons for what was done outside any sequence; null for who is to be reached no more. */
export function touchFormView(page: Page, { status, objected }: Contacted, { values, errors }: Refused) {
  const open = loggedDeeds.filter(({ channel }) => !objectsTo(objected, channel));
  if (status === 'do_not_contact' || open.length === 0) return null;
  return {
    isOpen: 'deed' in values,
    at: typeof values['at'] === 'string' ? values['at'] : '',
    error: errors['at'] ?? null,
    groups: open.map(({ channel, deeds }) => ({
      icon: channelIcon(channel),
      text: page.t(`outreach.channels.${channel}`),
      deeds: deeds.map(({ deed, outcome }) => ({
        deed,
        text: page.t(`outreach.done.${deed}`),
        tone: toneOf(outcome),
      })),
    })),
  };
}
