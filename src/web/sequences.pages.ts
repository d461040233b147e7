import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import { ClientQueries } from '../clients/clients.queries.js';
import { Previews } from '../sequences/previews.queries.js';
import { SequencesQueries } from '../sequences/sequences.queries.js';
import { type SequenceAct, sequenceActs } from '../sequences/sequence-states.js';
import { Sequences } from '../sequences/sequences.service.js';
import { DomainError, NotAllowed, NotFound } from '../shared/errors.js';
import { clientFrame } from './client-frame.view.js';
import { CurrentPage } from './rendering/page.decorator.js';
import type { Page } from './rendering/page.js';
import type { PageResponse } from './rendering/page-response.js';
import { sequenceRows } from './sequence-list.view.js';
import { sequenceView } from './sequence-show.view.js';

/** The sequences of a client: the list, one of them, and moving it through its states. */
@AllowAgency()
@Controller()
export class SequencePages {
  constructor(
    private readonly sequences: Sequences,
    private readonly queries: SequencesQueries,
    private readonly previews: Previews,
    private readonly clients: ClientQueries,
  ) {}

  @Get('clients/:id/sequences')
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, id);
    const lines = await this.queries.list(actor, id);
    const newHref = `/clients/${id}/sequences/new`;
    const frame = clientFrame(page, client, 'sequences', {
      count: lines.length,
      lede: page.t('sequences.lede'),
      actions:
        lines.length > 0
          ? [{ href: newHref, label: page.t('sequences.new'), icon: 'plus', isPrimary: true }]
          : [],
    });
    const title = `${page.t('sequences.title')} · ${client.name}`;
    return page.show('sequences/index', {
      title,
      frame,
      newHref,
      rows: sequenceRows(page, lines, client.timeZone),
    });
  }

  @Get('sequences/:id')
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query('prospect') prospectId?: string,
  ): Promise<PageResponse> {
    return this.draw(page, actor, id, prospectId);
  }

  @Post('sequences/:id/:act')
  async move(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, act }: { id: string; act: string },
    @Body() _form: object,
  ): Promise<PageResponse> {
    if (!Object.hasOwn(sequenceActs, act)) throw new NotFound();
    try {
      const { name } = await this.sequences.move(actor, id, act as SequenceAct);
      return page.redirect(`/sequences/${id}`, { key: `sequences.moved.${act}`, params: { name } });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound || error instanceof NotAllowed)
        throw error;
      return this.draw(page, actor, id, undefined, { problem: page.refused({}, error).problem, status: 409 });
    }
  }

  private async draw(
    page: Page,
    actor: Actor,
    id: string,
    prospectId?: string,
    refused: { problem?: string; status?: number } = {},
  ): Promise<PageResponse> {
    const written = await this.queries.one(actor, id);
    const { sequence, version } = written;
    const client = await this.clients.get(actor, sequence.clientId);
    const texts = version.steps.map((step) => step.variants[0]!);
    const preview = await this.previews.render(actor, client.id, texts, prospectId);
    const shown = sequenceView(page, actor, {
      ...written,
      results: await this.queries.results(actor, id),
      messages: preview?.messages ?? null,
      samples: await this.previews.samples(actor, client.id),
      prospectId: preview?.person.id ?? null,
      zone: client.timeZone,
    });
    const frame = clientFrame(page, client, 'sequences', {
      heading: sequence.name,
      trail: [{ href: `/clients/${client.id}/sequences`, label: page.t('sequences.title') }],
    });
    const model = { title: sequence.name, frame, shown, problem: refused.problem };
    return page.show('sequences/show', model, refused.status === undefined ? {} : { status: refused.status });
  }
}
