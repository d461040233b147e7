import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { type Actor, isManager } from '../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import { ClientQueries } from '../clients/clients.queries.js';
import { ListInput } from '../prospects/list.dto.js';
import { Lists } from '../prospects/lists.service.js';
import { NotFound } from '../shared/errors.js';
import { clientFrame } from './client-frame.view.js';
import { errorSummary, fieldMaker, NOTHING_REFUSED } from './form-field.view.js';
import { CurrentPage } from './rendering/page.decorator.js';
import type { Form, Page, Refused } from './rendering/page.js';
import type { PageResponse } from './rendering/page-response.js';

/** A client's named sets of prospects. */
@AllowAgency()
@Controller('clients/:clientId/lists')
export class ListPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly lists: Lists,
  ) {}

  @Get()
  index(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    return this.draw(actor, page, clientId, NOTHING_REFUSED);
  }

  @Post()
  async create(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    await this.clients.get(actor, clientId);
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
      (refused, status) => this.draw(actor, page, clientId, refused, status),
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

  private async draw(
    actor: Actor,
    page: Page,
    clientId: string,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const prospects = `/clients/${clientId}/prospects`;
    const name = fieldMaker(page, 'prospects.fields', refused)('name', { isRequired: true });
    const title = page.t('prospects.lists.title');
    const model = {
      title,
      frame: clientFrame(page, client, 'prospects', {
        heading: title,
        lede: page.t('prospects.lists.lede'),
        trail: [{ href: prospects, label: page.t('clients.tabs.prospects') }],
      }),
      base: `/clients/${clientId}/lists`,
      field: { ...name, label: page.t('prospects.lists.name') },
      summary: errorSummary(refused, [name]),
      lists: (await this.lists.of(actor, clientId)).map((list) => ({
        ...list,
        href: `${prospects}?list=${list.id}`,
        size: page.format.number(list.size),
        made: page.format.date(list.createdAt, client.timeZone),
        mayDrop: isManager(actor),
      })),
    };
    return page.show('prospects/lists', model, { status });
  }
}
