import type { Actor } from '../accounts/actor.js';
import type { Translate } from './rendering/translations.service.js';

interface Place {
  href: string;
  key: string;
  icon: string;
  /** After `g`, the letter that leads there. */
  letter?: string;
  /** Other addresses that belong to this place. */
  also?: RegExp;
  /** Where the number beside it is fetched once the page stands. */
  countHref?: string;
}

const PORTFOLIO: Place = { href: '/portfolio', key: 'nav.portfolio', icon: 'portfolio', letter: 'p' };

/** What everybody of the agency works with. */
const AGENCY: Place[] = [
  { href: '/today', key: 'nav.today', icon: 'today', letter: 't' },
  { href: '/inbox', key: 'nav.inbox', icon: 'inbox', letter: 'i', countHref: '/inbox/count' },
  {
    href: '/clients',
    key: 'nav.clients',
    icon: 'client',
    letter: 'c',
    also: /^\/(?:bulk-acts|icp-trials|imports|prospects|sequences)\//,
  },
  { href: '/meetings', key: 'nav.meetings', icon: 'meeting', letter: 'm' },
  { href: '/settings', key: 'nav.settings', icon: 'settings', also: /^\/me$/ },
];

const CLIENT: Place[] = [
  { href: '/portal', key: 'nav.portal', icon: 'meeting' },
  { href: '/portal/report', key: 'nav.portalReport', icon: 'report' },
];

/** The portfolio is the account manager's page. */
function placesOf(actor: Actor): Place[] {
  if (actor.role === 'client') return CLIENT;
  return actor.role === 'sdr' ? AGENCY : [...AGENCY.slice(0, 2), PORTFOLIO, ...AGENCY.slice(2)];
}

/** The first page of a person: the place their day is spent in. */
export function homeOf(actor: Actor): string {
  if (actor.role === 'client') return '/portal';
  return actor.role === 'sdr' ? '/today' : '/portfolio';
}

export function navigationFor(
  actor: Actor | null,
  path: string,
  t: Translate,
): { href: string; label: string; icon: string; letter?: string; countHref?: string; isCurrent: boolean }[] {
  if (actor === null) return [];
  const places = placesOf(actor);
  // Of two places that hold this address, the closer one is meant: /portal/report before /portal.
  const current = places
    .filter((place) => holds(place, path))
    .sort((one, other) => other.href.length - one.href.length)[0];
  return places.map(({ href, key, icon, letter, countHref }) => ({
    href,
    label: t(key),
    icon,
    ...(letter === undefined ? {} : { letter }),
    ...(countHref === undefined ? {} : { countHref }),
    isCurrent: href === current?.href,
  }));
}

function holds({ href, also }: Place, path: string): boolean {
  return path === href || path.startsWith(`${href}/`) || (also?.test(path) ?? false);
}
