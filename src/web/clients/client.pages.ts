import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ClientChangeInput, SwitchInput } from '../../clients/client.dto.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Clients } from '../../clients/clients.service.js';
import { Clock } from '../../clock/clock.service.js';
import { dayOf } from '../../shared/period.js';
import { clientForm, clientValues } from './client-form.view.js';
import { Portfolio } from '../../reporting/portfolio.queries.js';
import { clientFrame } from './client-frame.view.js';
import { ClientOverviews } from './client-overview.queries.js';
import { clientPage } from './client-show.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

@AllowAgency()
@Controller('clients/:id')
export class ClientPage {
  constructor(
    private readonly clients: Clients,
    private readonly queries: ClientQueries,
    private readonly overviews: ClientOverviews,
    private readonly portfolio: Portfolio,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const client = await this.queries.get(actor, id);
    const overview = await this.overviews.of(actor, client);
    const [standing] = page.frame.isManager ? await this.portfolio.clients({ ...actor, clients: [id] }) : [];
    const today = dayOf(this.clock.now(), client.timeZone);
    return page.show(
      'clients/show',
      clientPage(page, client, overview, { today, standing: standing ?? null }),
    );
  }

  @Allow('admin', 'manager')
  @Get('edit')
  async editForm(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const client = await this.queries.get(actor, id);
    return this.drawEdit(actor, page, id, { ...NOTHING_REFUSED, values: clientValues(client) });
  }

  @Allow('admin', 'manager')
  @Post('edit')
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
        await this.clients.edit(actor, id, Object.assign(input, takenAway(input)));
        return page.redirect(`/clients/${id}`, { key: 'clients.flash.saved' });
      },
      (refused, status) => this.drawEdit(actor, page, id, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Post('switch-off')
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
  @Post('switch-on')
  async switchOn(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.clients.switchOn(actor, id);
    return page.redirect(`/clients/${id}`, { key: 'clients.flash.on' });
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

/** A browser sends every field: what was left blank is taken away. */
function takenAway(input: ClientChangeInput): Partial<ClientChangeInput> {
  const {
    domain = null,
    legalName = null,
    privacyUrl = null,
    dataSourceFr = null,
    dataSourceEn = null,
  } = input;
  return { domain, legalName, privacyUrl, dataSourceFr, dataSourceEn };
}
