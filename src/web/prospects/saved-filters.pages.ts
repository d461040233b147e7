import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { BulkActs } from '../../prospects/bulk-acts/bulk-acts.service.js';
import { ListInput } from '../../prospects/lists/list.dto.js';
import { SavedFilterInput } from '../../prospects/lists/saved-filter.dto.js';
import { SavedFilters } from '../../prospects/lists/saved-filters.service.js';
import { NotFound } from '../../shared/errors.js';
import { ListsScreen } from './lists-screen.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Filters kept under a name; they are shown beside the lists. */
@AllowAgency()
@Controller('clients/:clientId/filters')
export class SavedFilterPages {
  constructor(
    private readonly filters: SavedFilters,
    private readonly acts: BulkActs,
    private readonly screen: ListsScreen,
  ) {}

  @Post()
  keep(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      SavedFilterInput,
      form,
      async (input) => {
        const { id, name } = await this.filters.keep(actor, clientId, input);
        return page.redirect(`/clients/${clientId}/prospects?segment=${id}`, {
          key: 'bulk.flash.filterKept',
          params: { name },
        });
      },
      (refused, status) =>
        this.screen.draw(actor, page, clientId, { refused, filter: form['filter'] }, status),
    );
  }

  @Post(':id/drop')
  async drop(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.requireOwn(actor, clientId, id);
    const { name } = await this.filters.drop(actor, id);
    return page.redirect(`/clients/${clientId}/lists`, { key: 'bulk.flash.filterDropped', params: { name } });
  }

  /** Those the filter finds now, on a new list: an act on many like any other. */
  @Post(':id/list')
  async makeList(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    await this.requireOwn(actor, clientId, id);
    return page.submit(
      ListInput,
      form,
      async ({ name }) => {
        const order = { kind: 'enlist' as const, filter: { segment: id }, newList: name };
        const act = await this.acts.open(actor, clientId, order);
        await this.acts.settled(act.id, 2);
        return page.redirect(`/bulk-acts/${act.id}`);
      },
      (refused, status) => this.screen.draw(actor, page, clientId, { refused }, status),
    );
  }

  private async requireOwn(actor: Actor, clientId: string, id: string): Promise<void> {
    const all = await this.filters.of(actor, clientId);
    if (!all.some((one) => one.id === id)) throw new NotFound();
  }
}
