import { Injectable } from '@nestjs/common';
import { type Actor, isManager } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Lists } from '../../prospects/lists/lists.service.js';
import { ProspectList, type RoughSize } from '../../prospects/search/prospect-list.queries.js';
import { type KeptFilter, SavedFilters } from '../../prospects/lists/saved-filters.service.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { errorSummary, fieldMaker } from '../form-field.view.js';
import type { Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** A form of this page that was refused; `filter`: it was to save this filter. */
export interface RefusedForm {
  refused: Refused;
  filter?: unknown;
}

/** A client's lists and saved filters, side by side. */
@Injectable()
export class ListsScreen {
  constructor(
    private readonly clients: ClientQueries,
    private readonly lists: Lists,
    private readonly filters: SavedFilters,
    private readonly prospects: ProspectList,
  ) {}

  async draw(
    actor: Actor,
    page: Page,
    clientId: string,
    { refused, filter }: RefusedForm,
    status = 200,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const home = `/clients/${clientId}`;
    const isFilter = typeof filter === 'object' && filter !== null;
    const name = fieldMaker(page, 'prospects.fields', refused)('name', { isRequired: true });
    const title = page.t('prospects.lists.title');
    const model = {
      title,
      frame: clientFrame(page, client, 'prospects', {
        heading: title,
        lede: page.t('prospects.lists.lede'),
        trail: [{ href: `${home}/prospects`, label: page.t('clients.tabs.prospects') }],
        actions: [{ href: `${home}/bulk-acts`, label: page.t('bulk.history'), icon: 'history' }],
      }),
      base: `${home}/lists`,
      filtersBase: `${home}/filters`,
      field: { ...name, label: page.t('prospects.lists.name') },
      summary: errorSummary(refused, [name]),
      again: isFilter ? keptFields(refused, filter) : null,
      lists: (await this.lists.of(actor, clientId)).map((list) => ({
        ...list,
        href: `${home}/prospects?list=${list.id}`,
        size: page.format.number(list.size),
        made: page.format.date(list.createdAt, client.timeZone),
        mayDrop: isManager(actor) || list.createdBy === actor.userId,
      })),
      filters: await this.filterRows(actor, page, clientId),
    };
    return page.show('prospects/lists', model, { status });
  }

  private async filterRows(actor: Actor, page: Page, clientId: string) {
    const rows = [];
    for (const kept of await this.filters.of(actor, clientId)) {
      const size = await this.prospects.size(actor, clientId, { segment: kept.id });
      rows.push(filterRow(actor, page, kept, size));
    }
    return rows;
  }
}

function filterRow(actor: Actor, page: Page, kept: KeptFilter, { size, isMore }: RoughSize) {
  const count = page.format.number(size);
  return {
    id: kept.id,
    name: kept.name,
    href: `/clients/${kept.clientId}/prospects?segment=${kept.id}`,
    size: isMore ? page.t('bulk.filters.more', { size: count }) : count,
    whose: page.t(kept.isShared ? 'bulk.filters.team' : 'bulk.filters.own'),
    who: kept.isShared ? kept.createdByName : null,
    mayDrop: isManager(actor) || kept.createdBy === actor.userId,
  };
}

/** The filter that was to be saved, for the form that asks for another name. */
function keptFields({ values }: Refused, filter: object) {
  return {
    fields: Object.entries(filter as Record<string, unknown>)
      .filter(([, value]) => typeof value === 'string')
      .map(([name, value]) => ({ name: `filter[${name}]`, value })),
    isShared: Boolean(values['isShared']),
  };
}
