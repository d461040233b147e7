import type { GuardStop } from '../../outreach/mailboxes/rate-guards.js';
import type { Page } from '../rendering/page.js';

/** What a guard stopped a sequence for: "Hard bounces: 12 of 240 (5.0%) over 7 days." */
export function guardText(page: Page, { metric, events, of }: Omit<GuardStop, 'at'>): string {
  const rate = page.format.percent(of === 0 ? 0 : events / of);
  return page.t(`outbox.guard.${metric}`, { events, of, rate });
}
