import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { SequenceCourse } from '../../sequences/sequence-course.service.js';
import { SequenceLimitInput } from '../../sequences/sequence.dto.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import { DomainError, InvalidInput, NotAllowed, NotFound } from '../../shared/errors.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { sequenceRows } from './sequence-list.view.js';
import { SequenceMoves } from './sequence-moves.service.js';
import { SequenceScreen } from './sequence-screen.service.js';

/** The sequences of a client: the list, one of them, and moving it through its states. */
@AllowAgency()
@Controller()
export class SequencePages {
  constructor(
    private readonly moves: SequenceMoves,
    private readonly queries: SequencesQueries,
    private readonly screen: SequenceScreen,
    private readonly clients: ClientQueries,
    private readonly course: SequenceCourse,
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
    return this.screen.draw(page, actor, id, { prospectId });
  }

  @Post('sequences/:id/limit')
  limit(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      SequenceLimitInput,
      form,
      async ({ dailyCap = null }) => {
        const { name } = await this.course.limit(actor, id, dailyCap);
        return page.redirect(`/sequences/${id}`, { key: 'sequences.limited', params: { name } });
      },
      (refused, status) => this.screen.draw(page, actor, id, { refused, problem: refused.problem, status }),
    );
  }

  /** `submit`, `withdraw`, `notice`, `launch`, `pause`, `resume`, `archive`: those that need no more than a button. */
  @Post('sequences/:id/:act')
  async move(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param() { id, act }: { id: string; act: string },
    @Body() form: Form,
  ): Promise<PageResponse> {
    try {
      const { name } = await this.moves.make(actor, id, act, form);
      return page.redirect(`/sequences/${id}`, { key: `governance.moved.${act}`, params: { name } });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound || error instanceof NotAllowed)
        throw error;
      const status = error instanceof InvalidInput ? 422 : 409;
      return this.screen.draw(page, actor, id, { problem: page.refused({}, error).problem, status });
    }
  }
}
