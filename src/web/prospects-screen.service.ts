import { Injectable } from '@nestjs/common';
import { type Actor, isManager } from '../accounts/actor.js';
import { ClientQueries } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Lists } from '../prospects/lists.service.js';
import type { ProspectListQuery } from '../prospects/prospect-list.dto.js';
import { ProspectList } from '../prospects/prospect-list.queries.js';
import { SavedFilters } from '../prospects/saved-filters.service.js';
import { clientFrame, type FrameAction } from './client-frame.view.js';
import { prospectsView } from './prospects-list.view.js';
import type { Page } from './rendering/page.js';
import type { PageResponse } from './rendering/page-response.js';

/** The list of a client's prospects. */
@Injectable()
export class ProspectsScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly prospects: ProspectList,
    private readonly lists: Lists,
    private readonly filters: SavedFilters,
    private readonly clock: Clock,
  ) {}

  async draw(actor: Actor, page: Page, clientId: string, query: ProspectListQuery): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const [{ items, nextCursor }, counts, lists, filters, team] = await Promise.all([
      this.prospects.page(actor, clientId, query),
      this.prospects.countsByStatus(actor, clientId),
      this.lists.of(actor, clientId),
      this.filters.of(actor, clientId),
      this.prospects.team(actor, clientId),
    ]);
    const base = `/clients/${clientId}/prospects`;
    const view = prospectsView(page, {
      ...{ base, query, items, nextCursor, counts, lists, filters, team },
      now: this.clock.now(),
    });
    const title = page.t('clients.tabs.prospects');
    return page.show('prospects/index', {
      title: `${title} · ${client.name}`,
      frame: clientFrame(page, client, 'prospects', { count: view.total, actions: doors(page, clientId) }),
      home: `/clients/${clientId}`,
      mayRejudge: isManager(actor),
      ...view,
    });
  }
}

function doors(page: Page, clientId: string): FrameAction[] {
  const home = `/clients/${clientId}`;
  return [
    { href: `${home}/duplicates`, label: page.t('duplicates.door') },
    { href: `${home}/suppressions`, label: page.t('suppressions.short') },
    { href: `${home}/lists`, label: page.t('prospects.lists.title') },
    { href: `${home}/prospects/new`, label: page.t('prospects.new'), icon: 'plus' },
    { href: `${home}/imports`, label: page.t('prospects.import'), icon: 'upload', isPrimary: true },
  ];
}
