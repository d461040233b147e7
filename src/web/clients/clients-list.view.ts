import type { ListedClient } from '../../clients/clients.queries.js';
import type { AgreedEngagement } from '../../clients/engagements.queries.js';
import { spanText, targetsText } from '../engagements/engagement-terms.view.js';
import type { Page } from '../rendering/page.js';

/** The rows of the list of clients. */
export function clientRows(
  page: Page,
  clients: readonly ListedClient[],
  engagements: ReadonlyMap<string, AgreedEngagement>,
): object[] {
  return clients.map((client) => {
    const agreed = engagements.get(client.id);
    return {
      href: `/clients/${client.id}`,
      name: client.name,
      domain: client.domain,
      isOff: client.switchedOffAt !== null,
      offSince: client.switchedOffAt && page.format.date(client.switchedOffAt, client.timeZone),
      engagement: agreed && {
        state: agreed.state,
        stateText: page.t(`engagements.states.${agreed.state}`),
        span: spanText(page, agreed.engagement),
        targets: targetsText(page, agreed.terms.targets),
      },
    };
  });
}
