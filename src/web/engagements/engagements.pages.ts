import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { type AgreedEngagement, EngagementQueries } from '../../clients/engagements.queries.js';
import { Engagements } from '../../clients/engagements.service.js';
import { Clock } from '../../clock/clock.service.js';
import { NotFound } from '../../shared/errors.js';
import { dayOf } from '../../shared/period.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { ClientOverviews } from '../clients/client-overview.queries.js';
import { EngagementForm, engagementInput } from './engagement-form.dto.js';
import { engagementForm, engagementValues, newEngagementValues } from './engagement-form.view.js';
import { engagementPage } from './engagements-list.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

@AllowAgency()
@Controller('clients/:clientId/engagements')
export class EngagementPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly engagements: Engagements,
    private readonly queries: EngagementQueries,
    private readonly overviews: ClientOverviews,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const overview = await this.overviews.of(actor, client);
    const versions = await Promise.all(
      overview.engagements.map(({ engagement }) => this.queries.versions(actor, engagement.id)),
    );
    return page.show('engagements/index', engagementPage(page, client, overview, versions));
  }

  @Allow('admin', 'manager')
  @Get('new')
  async form(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const values = newEngagementValues(dayOf(this.clock.now(), client.timeZone), actor.userId);
    return this.draw(actor, page, client, null, { ...NOTHING_REFUSED, values });
  }

  @Allow('admin', 'manager')
  @Post()
  async agree(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return page.submit(
      EngagementForm,
      form,
      async (typed) => {
        const { version: _new, ...input } = engagementInput(typed, page.locale, []);
        await this.engagements.agree(actor, clientId, input);
        return page.redirect(`/clients/${clientId}`, { key: 'engagements.flash.agreed' });
      },
      (refused, status) => this.draw(actor, page, client, null, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Get(':id/edit')
  async editForm(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const agreed = await this.ofClient(actor, clientId, id);
    return this.draw(actor, page, client, agreed, {
      ...NOTHING_REFUSED,
      values: engagementValues(page, agreed),
    });
  }

  @Allow('admin', 'manager')
  @Post(':id/edit')
  async amend(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const before = await this.ofClient(actor, clientId, id);
    return page.submit(
      EngagementForm,
      form,
      async (typed) => {
        const input = engagementInput(typed, page.locale, before.terms.qualificationCriteria);
        const { engagement, terms } = await this.engagements.amend(actor, id, input);
        const key =
          engagement.version > before.engagement.version
            ? 'engagements.flash.amended'
            : 'engagements.flash.saved';
        return page.redirect(`/clients/${clientId}/engagements`, {
          key,
          params: { version: engagement.version, from: page.format.day(terms.appliesFromOn) },
        });
      },
      (refused, status) => this.draw(actor, page, client, before, refused, status),
    );
  }

  private async ofClient(actor: Actor, clientId: string, id: string): Promise<AgreedEngagement> {
    const agreed = await this.queries.get(actor, id);
    if (agreed.engagement.clientId !== clientId) throw new NotFound();
    return agreed;
  }

  private async draw(
    actor: Actor,
    page: Page,
    client: Client,
    agreed: AgreedEngagement | null,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const { team, contacts } = await this.overviews.of(actor, client);
    const title = page.t(agreed === null ? 'engagements.new' : 'engagements.edit');
    const list = `/clients/${client.id}/engagements`;
    const self = { userId: actor.userId, name: actor.name, email: '', role: actor.role, isDisabled: false };
    const model = {
      title,
      frame: clientFrame(page, client, 'engagements', {
        heading: title,
        trail: [{ href: list, label: page.t('clients.tabs.engagements') }],
      }),
      list: agreed === null ? `/clients/${client.id}` : list,
      action: agreed === null ? list : `${list}/${agreed.engagement.id}/edit`,
      isNew: agreed === null,
      ...engagementForm(page, refused, {
        team: team.some(({ userId }) => userId === self.userId) ? team : [self, ...team],
        contacts,
        currency: client.currency,
      }),
    };
    return page.show('engagements/form', model, { status });
  }
}
