import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ClientInput, ClientListInput } from '../../clients/client.dto.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Clients } from '../../clients/clients.service.js';
import { EngagementQueries } from '../../clients/engagements.queries.js';
import { clientForm } from './client-form.view.js';
import { clientRows } from './clients-list.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

@AllowAgency()
@Controller('clients')
export class ClientPages {
  constructor(
    private readonly clients: Clients,
    private readonly queries: ClientQueries,
    private readonly engagements: EngagementQueries,
  ) {}

  @Get()
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() filter: ClientListInput,
  ): Promise<PageResponse> {
    const { items, nextCursor } = await this.queries.list(actor, filter);
    const engagements = await this.engagements.nearest(actor, items);
    const next =
      nextCursor &&
      `/clients?${new URLSearchParams({ ...(filter.q ? { q: filter.q } : {}), cursor: nextCursor })}`;
    return page.show('clients/index', {
      title: page.t('clients.title'),
      q: filter.q ?? '',
      isSearch: Boolean(filter.q) || Boolean(filter.cursor),
      isLong: items.length > 8 || Boolean(filter.q) || Boolean(filter.cursor),
      rows: clientRows(page, items, engagements),
      next,
      canOpen: page.frame.isManager,
    });
  }

  @Allow('admin', 'manager')
  @Get('new')
  form(@CurrentPage() page: Page): PageResponse {
    return this.drawNew(page, NOTHING_REFUSED);
  }

  @Allow('admin', 'manager')
  @Post()
  open(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    return page.submit(
      ClientInput,
      form,
      async (input) => {
        const { id, name } = await this.clients.open(actor, input);
        return page.redirect(`/clients/${id}`, { key: 'clients.flash.opened', params: { name } });
      },
      (refused, status) => this.drawNew(page, refused, status),
    );
  }

  private drawNew(page: Page, refused: Refused, status = 200): PageResponse {
    const model = { title: page.t('clients.new'), ...clientForm(page, refused) };
    return page.show('clients/new', model, { status });
  }
}
