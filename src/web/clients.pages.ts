import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import { ClientChangeInput, ClientInput, ClientListInput, SwitchInput } from '../clients/client.dto.js';
import { ClientQueries } from '../clients/clients.queries.js';
import { Clients } from '../clients/clients.service.js';
import { EngagementQueries } from '../clients/engagements.queries.js';
import { Clock } from '../clock/clock.service.js';
import { dayOf } from '../shared/period.js';
import { clientForm, clientValues } from './client-form.view.js';
import { clientFrame } from './client-frame.view.js';
import { ClientOverviews } from './client-overview.queries.js';
import { clientPage } from './client-show.view.js';
import { clientRows } from './clients-list.view.js';
import { NOTHING_REFUSED } from './form-field.view.js';
import { CurrentPage } from './rendering/page.decorator.js';
import type { Form, Page, Refused } from './rendering/page.js';
import type { PageResponse } from './rendering/page-response.js';

@AllowAgency()
@Controller('clients')
export class ClientPages {
  constructor(
    private readonly clients: Clients,
    private readonly queries: ClientQueries,
    private readonly engagements: EngagementQueries,
    private readonly overviews: ClientOverviews,
    private readonly clock: Clock,
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

  @Get(':id')
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const client = await this.queries.get(actor, id);
    const overview = await this.overviews.of(actor, client);
    return page.show(
      'clients/show',
      clientPage(page, client, overview, dayOf(this.clock.now(), client.timeZone)),
    );
  }

  @Allow('admin', 'manager')
  @Get(':id/edit')
  async editForm(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const client = await this.queries.get(actor, id);
    return this.drawEdit(actor, page, id, { ...NOTHING_REFUSED, values: clientValues(client) });
  }

  @Allow('admin', 'manager')
  @Post(':id/edit')
  edit(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      ClientChangeInput,
      form,
      async (input) => {
        // A browser sends every field: a domain left blank is a domain taken away.
        await this.clients.edit(actor, id, Object.assign(input, { domain: input.domain ?? null }));
        return page.redirect(`/clients/${id}`, { key: 'clients.flash.saved' });
      },
      (refused, status) => this.drawEdit(actor, page, id, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Post(':id/switch-off')
  switchOff(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      SwitchInput,
      form,
      async ({ reason }) => {
        await this.clients.switchOff(actor, id, reason);
        return page.redirect(`/clients/${id}`, {
          key: 'clients.flash.off',
          undo: `/clients/${id}/switch-on`,
        });
      },
      (refused, status) => this.drawEdit(actor, page, id, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Post(':id/switch-on')
  async switchOn(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.clients.switchOn(actor, id);
    return page.redirect(`/clients/${id}`, { key: 'clients.flash.on' });
  }

  private drawNew(page: Page, refused: Refused, status = 200): PageResponse {
    const model = { title: page.t('clients.new'), ...clientForm(page, refused) };
    return page.show('clients/new', model, { status });
  }

  private async drawEdit(
    actor: Actor,
    page: Page,
    id: string,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const client = await this.queries.get(actor, id);
    const title = page.t('clients.editTitle');
    const frame = clientFrame(page, client, 'overview', { heading: title });
    const model = { title, frame, home: `/clients/${id}`, isOff: frame.isOff, ...clientForm(page, refused) };
    return page.show('clients/edit', model, { status });
  }
}
