import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { judge } from '../../icp/fit-score.js';
import { IcpChangeInput, IcpInput, JudgeInput } from '../../icp/icp.dto.js';
import { IcpQueries, type WrittenIcp } from '../../icp/icp.queries.js';
import { Icps } from '../../icp/icps.service.js';
import { Rejudging } from '../../prospects/rejudging.service.js';
import { NotFound } from '../../shared/errors.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { icpForm, icpValues } from './icp-form.view.js';
import { icpListPage, icpPage, verdictModel } from './icps.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

@AllowAgency()
@Controller('clients/:clientId/icps')
export class IcpPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly icps: Icps,
    private readonly queries: IcpQueries,
    private readonly rejudging: Rejudging,
  ) {}

  @Get()
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const icps = await this.queries.list(actor, clientId, { withArchived: true });
    return page.show('icps/index', icpListPage(page, client, icps));
  }

  @Allow('admin', 'manager')
  @Get('new')
  async form(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return this.draw(page, client, null, NOTHING_REFUSED);
  }

  @Allow('admin', 'manager')
  @Post()
  async define(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return page.submit(
      IcpInput,
      form,
      async (input) => {
        const { icp } = await this.icps.define(actor, clientId, input);
        return page.redirect(`/clients/${clientId}/icps/${icp.id}`, { key: 'icps.flash.defined' });
      },
      (refused, status) => this.draw(page, client, null, refused, status),
    );
  }

  /** Prospects keep the verdict they were given until somebody asks for another. */
  @Allow('admin', 'manager')
  @Post('rejudge')
  async rejudge(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const { judged, changed } = await this.rejudging.rejudge(actor, clientId);
    return page.redirect(`/clients/${clientId}/icps`, {
      key: 'icps.flash.rejudged',
      params: { judged, changed },
    });
  }

  /** The fields of an example prospect come in the address; asked by htmx, only the verdict is drawn again. */
  @Get(':id')
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
    @Query() facts: JudgeInput,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const written = await this.ofClient(actor, clientId, id);
    const isAsked = Object.values(facts as Record<string, string | string[] | undefined>).some(
      (fact) => fact?.length,
    );
    const judged = isAsked ? judge(written.version.criteria, facts) : null;
    if (page.isFragment) return page.fragment('icps/verdict', verdictModel(page, judged));
    const versions = await this.queries.versions(actor, id);
    return page.show('icps/show', icpPage(page, client, written, versions, { facts, judged }));
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
    const written = await this.ofClient(actor, clientId, id);
    return this.draw(page, client, written, { ...NOTHING_REFUSED, values: icpValues(written) });
  }

  @Allow('admin', 'manager')
  @Post(':id/edit')
  async refine(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const before = await this.ofClient(actor, clientId, id);
    return page.submit(
      IcpChangeInput,
      form,
      async (input) => {
        const { icp } = await this.icps.refine(actor, id, input);
        const key = icp.version > before.icp.version ? 'icps.flash.refined' : 'icps.flash.saved';
        return page.redirect(`/clients/${clientId}/icps/${id}`, { key, params: { version: icp.version } });
      },
      (refused, status) => this.draw(page, client, before, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Post(':id/shelve')
  async shelve(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.icps.shelve(actor, id);
    const undo = `/clients/${clientId}/icps/${id}/take-up`;
    return page.redirect(`/clients/${clientId}/icps`, { key: 'icps.flash.shelved', undo });
  }

  @Allow('admin', 'manager')
  @Post(':id/take-up')
  async takeUpAgain(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.icps.takeUpAgain(actor, id);
    return page.redirect(`/clients/${clientId}/icps/${id}`, { key: 'icps.flash.takenUp' });
  }

  private async ofClient(actor: Actor, clientId: string, id: string): Promise<WrittenIcp> {
    const written = await this.queries.get(actor, id);
    if (written.icp.clientId !== clientId) throw new NotFound();
    return written;
  }

  private draw(
    page: Page,
    client: Client,
    written: WrittenIcp | null,
    refused: Refused,
    status = 200,
  ): PageResponse {
    const list = `/clients/${client.id}/icps`;
    const title = page.t(written === null ? 'icps.new' : 'icps.edit');
    const trail = [{ href: list, label: page.t('clients.tabs.icps') }];
    const own = written && `${list}/${written.icp.id}`;
    if (written && own) trail.push({ href: own, label: written.icp.name });
    const model = {
      title,
      frame: clientFrame(page, client, 'icps', { heading: title, trail }),
      back: own ?? list,
      action: own ? `${own}/edit` : list,
      isNew: written === null,
      ...icpForm(page, refused),
    };
    return page.show('icps/form', model, { status });
  }
}
