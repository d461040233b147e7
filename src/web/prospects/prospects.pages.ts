import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { ProspectInput } from '../../prospects/prospect.dto.js';
import { ProspectListQuery } from '../../prospects/search/prospect-list.dto.js';
import { Prospects } from '../../prospects/prospects.service.js';
import { Rejudging } from '../../prospects/rejudging.service.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { prospectForm } from './prospect-form.view.js';
import { ProspectsScreen } from './prospects-screen.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** A client's prospects as a list, and what is done to many at once. */
@AllowAgency()
@Controller('clients/:clientId/prospects')
export class ProspectsPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly screen: ProspectsScreen,
    private readonly prospects: Prospects,
    private readonly rejudging: Rejudging,
  ) {}

  @Get()
  async index(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() raw: Form,
  ): Promise<PageResponse> {
    const query = readInput(ProspectListQuery, withoutBlanks(raw), { isQuery: true });
    return this.screen.draw(actor, page, clientId, query);
  }

  @Get('new')
  async form(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    return this.drawForm(page, await this.clients.get(actor, clientId), NOTHING_REFUSED);
  }

  @Post()
  async add(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return page.submit(
      ProspectInput,
      form,
      async (input) => {
        const { id, fullName } = await this.prospects.add(actor, clientId, input);
        return page.redirect(`/prospects/${id}`, {
          key: 'prospects.flash.added',
          params: { name: fullName },
        });
      },
      (refused, status) => this.drawForm(page, client, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Post('rejudge')
  async rejudge(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const { judged, changed } = await this.rejudging.rejudge(actor, clientId);
    return page.redirect(`/clients/${clientId}/prospects`, {
      key: 'prospects.flash.rejudged',
      params: { judged, changed },
    });
  }

  private drawForm(page: Page, client: Client, refused: Refused, status = 200): PageResponse {
    const title = page.t('prospects.new');
    const list = `/clients/${client.id}/prospects`;
    const frame = clientFrame(page, client, 'prospects', {
      heading: title,
      trail: [{ href: list, label: page.t('clients.tabs.prospects') }],
    });
    const model = { title, frame, action: list, cancel: list, version: null, ...prospectForm(page, refused) };
    return page.show('prospects/form', model, { status });
  }
}
