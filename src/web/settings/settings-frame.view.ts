import { type Actor, isAgency, isManager } from '../../accounts/actor.js';
import type { Page } from '../rendering/page.js';

interface Room {
  name: 'profile' | 'people' | 'tokens' | 'mailboxes' | 'suppressions' | 'answers' | 'pace' | 'audit';
  href: string;
  mayEnter: (actor: Actor) => boolean;
}

const ROOMS: readonly Room[] = [
  { name: 'profile', href: '/me', mayEnter: () => true },
  { name: 'people', href: '/settings/people', mayEnter: (actor) => actor.role === 'admin' },
  { name: 'tokens', href: '/settings/tokens', mayEnter: isAgency },
  { name: 'mailboxes', href: '/settings/mailboxes', mayEnter: isManager },
  { name: 'suppressions', href: '/settings/suppressions', mayEnter: isManager },
  { name: 'answers', href: '/settings/answers', mayEnter: isManager },
  { name: 'pace', href: '/settings/pace', mayEnter: isManager },
  { name: 'audit', href: '/settings/audit', mayEnter: isManager },
];

/** What `{{> settings/_frame frame}}` draws at the top of every page of the settings. */
export interface SettingsFrame {
  heading: string;
  lede: string;
  trail: { href: string; label: string }[];
  /** The one thing to begin here. */
  action: { href: string; label: string } | null;
  tabs: { href: string; label: string; isCurrent: boolean }[];
}

/** Only doors that open are shown; a client's person has their profile alone, and no tabs. */
export function settingsFrame(
  page: Page,
  room: Room['name'],
  options: {
    heading?: string;
    trail?: { href: string; label: string }[];
    action?: { href: string; label: string };
  } = {},
): SettingsFrame {
  const open = ROOMS.filter(({ mayEnter }) => page.frame.actor !== null && mayEnter(page.frame.actor));
  return {
    heading: options.heading ?? page.t(`settings.${room}.title`),
    lede: options.heading === undefined ? page.t(`settings.${room}.lede`) : '',
    trail: options.trail ?? [],
    action: options.action ?? null,
    tabs:
      open.length < 2
        ? []
        : open.map(({ name, href }) => ({
            href,
            label: page.t(`settings.${name}.tab`),
            isCurrent: name === room,
          })),
  };
}
