import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ListInput } from '../../prospects/lists/list.dto.js';
import { Lists } from '../../prospects/lists/lists.service.js';
import { NotFound } from '../../shared/errors.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { ListsScreen } from './lists-screen.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** A client's named sets of prospects. */
@AllowAgency()
@Controller('clients/:clientId/lists')
export class ListPages {
  constructor(
    private readonly lists: Lists,
    private readonly screen: ListsScreen,
  ) {}

  @Get()
  index(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    return this.screen.draw(actor, page, clientId, { refused: NOTHING_REFUSED });
  }

  @Post()
  create(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      ListInput,
      form,
      async ({ name }) => {
        await this.lists.create(actor, clientId, name);
        return page.redirect(`/clients/${clientId}/lists`, {
          key: 'prospects.flash.listCreated',
          params: { name },
        });
      },
      (refused, status) => this.screen.draw(actor, page, clientId, { refused }, status),
    );
  }

  @Post(':id/drop')
  async drop(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const all = await this.lists.of(actor, clientId);
    if (!all.some((list) => list.id === id)) throw new NotFound();
    const { name } = await this.lists.drop(actor, id);
    return page.redirect(`/clients/${clientId}/lists`, {
      key: 'prospects.flash.listDropped',
      params: { name },
    });
  }
}
