import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Distinctions } from '../../prospects/merge/distinctions.service.js';
import { DuplicateSearches } from '../../prospects/merge/duplicate-search.service.js';
import { DistinctInput } from '../../prospects/merge/merge.dto.js';
import { MergeUndo } from '../../prospects/merge/merge-undo.service.js';
import { Merges } from '../../prospects/merge/merges.service.js';
import { isId } from '../../shared/id.js';
import { DuplicatesPageQuery, MergeForm } from './duplicates.dto.js';
import { DuplicatesScreen } from './duplicates-screen.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Prospects of a client who may be one person, and what becomes of them. */
@AllowAgency()
@Controller('clients/:clientId/duplicates')
export class DuplicatePages {
  constructor(
    private readonly screen: DuplicatesScreen,
    private readonly merges: Merges,
    private readonly searches: DuplicateSearches,
    private readonly distinctions: Distinctions,
  ) {}

  @Get()
  index(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() query: DuplicatesPageQuery,
  ): Promise<PageResponse> {
    return this.screen.draw(actor, page, clientId, query);
  }

  @Post('search')
  async search(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    await this.searches.begin(actor, clientId);
    return page.redirect(`/clients/${clientId}/duplicates`, { key: 'duplicates.flash.searching' });
  }

  @Post('merge')
  merge(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      MergeForm,
      form,
      async ({ survivorId, ...input }) => {
        const { id } = await this.merges.merge(actor, survivorId, input);
        return page.redirect(await this.screen.next(actor, clientId), {
          key: 'duplicates.flash.merged',
          undo: `/merges/${id}/undo?queue=${clientId}`,
        });
      },
      (refused, status) =>
        this.screen.draw(
          actor,
          page,
          clientId,
          { one: textOf(form['survivorId']), other: textOf(form['otherId']) },
          { problem: refused.problem, status },
        ),
    );
  }

  @Post('dismiss')
  dismiss(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const back = `/clients/${clientId}/duplicates`;
    return page.submit(
      DistinctInput,
      { firstId: form['firstId'], secondId: form['secondId'] },
      async (pair) => {
        await this.distinctions.keepApart(actor, clientId, pair);
        const taken = new URLSearchParams({ firstId: pair.firstId, secondId: pair.secondId });
        return page.redirect(await this.screen.next(actor, clientId), {
          key: 'duplicates.flash.dismissed',
          undo: `${back}/reconsider?${taken.toString()}`,
        });
      },
      (refused, status) => this.screen.draw(actor, page, clientId, {}, { problem: refused.problem, status }),
    );
  }

  /** Takes back "not the same person"; the pair comes in the address, as the toast has no fields. */
  @Post('reconsider')
  async reconsider(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() pair: DistinctInput,
  ): Promise<PageResponse> {
    await this.distinctions.reconsider(actor, clientId, pair);
    const { firstId: one, secondId: other } = pair;
    return page.redirect(
      `/clients/${clientId}/duplicates?${new URLSearchParams({ one, other }).toString()}`,
      { key: 'duplicates.flash.reconsidered' },
    );
  }
}

/** A merge taken back. */
@AllowAgency()
@Controller('merges/:id')
export class MergeUndoPages {
  constructor(private readonly undoing: MergeUndo) {}

  @Post('undo')
  async undo(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query('queue') queue?: string,
  ): Promise<PageResponse> {
    const { survivorId, absorbedId } = await this.undoing.undo(actor, id);
    const pair = new URLSearchParams({ one: survivorId, other: absorbedId }).toString();
    // Whoever was deciding pair after pair decides on this one again.
    const isQueue = queue !== undefined && isId(queue);
    return page.redirect(isQueue ? `/clients/${queue}/duplicates?${pair}` : `/prospects/${survivorId}`, {
      key: 'duplicates.flash.undone',
    });
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
