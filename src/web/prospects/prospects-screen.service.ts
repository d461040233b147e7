import { Injectable } from '@nestjs/common';
import { type Actor, isManager } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { ListHeads } from '../../prospects/search/list-heads.queries.js';
import type { ProspectListQuery } from '../../prospects/search/prospect-list.dto.js';
import { ProspectList } from '../../prospects/search/prospect-list.queries.js';
import { OpenSequences } from '../../sequences/enrolments/open-sequences.queries.js';
import { clientFrame, type FrameAction } from '../clients/client-frame.view.js';
import { prospectsView } from './prospects-list.view.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** The list of a client's prospects. */
@Injectable()
export class ProspectsScreen {
  constructor(
    private readonly heads: ListHeads,
    private readonly prospects: ProspectList,
    private readonly sequences: OpenSequences,
    private readonly clock: Clock,
  ) {}

  async draw(actor: Actor, page: Page, clientId: string, query: ProspectListQuery): Promise<PageResponse> {
    const [head, { items, nextCursor }, sequences] = await Promise.all([
      this.heads.of(actor, clientId, query),
      this.prospects.lines(actor, clientId, query),
      this.sequences.of(actor, clientId),
    ]);
    const base = `/clients/${clientId}/prospects`;
    const view = prospectsView(page, {
      ...{ base, query, items, nextCursor, head, sequences },
      now: this.clock.now(),
    });
    const title = page.t('clients.tabs.prospects');
    return page.show('prospects/index', {
      title: `${title} · ${head.client.name}`,
      frame: clientFrame(page, head.client, 'prospects', {
        count: view.total,
        actions: doors(page, clientId),
      }),
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
