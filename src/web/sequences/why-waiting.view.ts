import type { WhyWaiting } from '../../sequences/engine/why-waiting.js';
import type { Page } from '../rendering/page.js';

/** The one line of "why is this not going out?", with its instant on the client's clock, and the steps that will not be done. */
export function whyWaitingText(
  page: Page,
  { key, at, n = 0, passedOver = [] }: WhyWaiting,
  zone: string,
): string {
  const hour = at === null ? {} : { date: page.format.moment(at, zone) };
  const skipped = passedOver.map((channel) => page.t(`outbox.passedOver.${channel}`));
  return [page.t(`outbox.why.${key}`, { ...hour, n }), ...skipped].join(' · ');
}
