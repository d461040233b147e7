import type { WhyWaiting } from '../../sequences/engine/why-waiting.js';
import type { Page } from '../rendering/page.js';

/** The one line of "why is this not going out?", with its instant on the client's clock. */
export function whyWaitingText(page: Page, { key, at, n = 0 }: WhyWaiting, zone: string): string {
  const hour = at === null ? {} : { date: page.format.moment(at, zone) };
  return page.t(`outbox.why.${key}`, { ...hour, n });
}
