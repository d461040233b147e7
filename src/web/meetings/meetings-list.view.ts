import { type MeetingPile, meetingPiles } from '../../meetings/meeting.dto.js';
import { isOpen } from '../../meetings/meeting-moves.js';
import type { MeetingRow } from '../../meetings/meeting-row.js';
import { type Badge, qualificationBadge, stateBadge, whenLabel, zoneLabel } from './meeting-words.view.js';
import type { Page } from '../rendering/page.js';

export interface MeetingLine {
  id: string;
  when: string;
  zone: string;
  startsAt: string;
  guest: string;
  guestSub: string;
  client: string;
  clientId: string;
  host: string;
  state: Badge;
  qualification: Badge | null;
}

export function meetingLine(page: Page, meeting: MeetingRow, now: Date): MeetingLine {
  const isSilent = isOpen(meeting.state) && meeting.endsAt <= now;
  return {
    id: meeting.id,
    when: whenLabel(page, meeting),
    zone: zoneLabel(page, meeting.startsAt, meeting.timeZone),
    startsAt: meeting.startsAt.toISOString(),
    guest: meeting.prospectName,
    guestSub: [meeting.prospectTitle, meeting.companyName].filter(Boolean).join(' · '),
    client: meeting.clientName,
    clientId: meeting.clientId,
    host: meeting.hostName,
    state: isSilent ? { status: 'due', label: page.t('meetings.waiting') } : stateBadge(page, meeting),
    qualification: qualificationBadge(page, meeting.qualification),
  };
}

/** The query of a meetings page, as links keep it. */
export interface MeetingsQuery {
  base: string;
  pile?: MeetingPile | undefined;
  client?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export function addressOf(query: MeetingsQuery, change: Record<string, string | undefined> = {}): string {
  const { base, ...kept } = query;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...kept, ...change })) if (value) params.set(name, value);
  return params.size === 0 ? base : `${base}?${params.toString()}`;
}

/** The piles of work as tabs, with how many wait in each. */
export function pileTabs(page: Page, query: MeetingsQuery, counts: Record<MeetingPile, number>) {
  const piles = [...meetingPiles.filter((pile) => pile !== 'past'), 'past' as const];
  return piles.map((pile) => ({
    href: addressOf({ base: query.base, client: query.client, pile }),
    label: page.t(`meetings.piles.${pile}`),
    count: pile === 'past' || counts[pile] === 0 ? null : page.format.number(counts[pile]),
    isCurrent: (query.pile ?? 'upcoming') === pile,
  }));
}

export function viewSwitch(page: Page, query: MeetingsQuery, current: 'table' | 'week' | 'month') {
  return (['table', 'week', 'month'] as const).map((view) => ({
    href: addressOf({ base: query.base, client: query.client }, view === 'table' ? {} : { view }),
    label: page.t(`meetings.views.${view}`),
    isCurrent: view === current,
  }));
}
