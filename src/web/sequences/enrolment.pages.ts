import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import { SavedFilters } from '../../prospects/lists/saved-filters.service.js';
import { Enrolments } from '../../sequences/enrolments/enrolments.service.js';
import { SequencesQueries } from '../../sequences/sequences.queries.js';
import type { WrittenSequence } from '../../sequences/sequence-loading.queries.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { clientFrame, type ClientFrame } from '../clients/client-frame.view.js';
import { filterView, skippedView, verdictView } from './enrolment.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Enrolling prospects: a filter, then who would enter and who is left out, then the act and its result. */
@AllowAgency()
@Controller('sequences/:id/enrol')
export class EnrolmentPages {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly queries: SequencesQueries,
    private readonly clients: ClientQueries,
    private readonly saved: SavedFilters,
  ) {}

  @Get()
  async choose(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() query: Form,
  ): Promise<PageResponse> {
    const { written, client, frame, title } = await this.ground(actor, page, id);
    const isOpen = written.sequence.approvedVersion !== null;
    const isAsked = isOpen && query['check'] !== undefined;
    const filter = isAsked
      ? readInput(ProspectFilter, withoutBlanks(query), { isQuery: true })
      : { status: 'new' as const };
    const found = isAsked ? await this.enrolments.found(actor, id, filter) : null;
    const verdict =
      found && verdictView(page, client.timeZone, found, await this.enrolments.preview(actor, id, found.ids));
    const lists = await this.enrolments.lists(actor, id);
    const running = page.t(`sequences.running.${written.sequence.state}`);
    return page.show('sequences/enrol', {
      title,
      frame,
      running,
      isOpen,
      id,
      filter: filterView(page, filter, lists, await this.saved.of(actor, client.id)),
      verdict,
      chosen: filter,
    });
  }

  @Post()
  async enrol(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const { client, frame, title } = await this.ground(actor, page, id);
    const filter = readInput(ProspectFilter, withoutBlanks(form));
    const { enrolled, skipped } = await this.enrolments.enrolChosen(actor, id, { filter });
    const done = page.t('sequences.enrolment.done', { enrolled, skipped: skipped.length });
    if (skipped.length === 0)
      return page.redirect(`/sequences/${id}/people`, {
        key: 'sequences.enrolment.done',
        params: { enrolled, skipped: 0 },
      });
    return page.show('sequences/enrolled', {
      title,
      frame,
      id,
      done,
      ...skippedView(page, client.timeZone, skipped),
    });
  }

  private async ground(
    actor: Actor,
    page: Page,
    id: string,
  ): Promise<{ written: WrittenSequence; client: Client; frame: ClientFrame; title: string }> {
    const written = await this.queries.one(actor, id);
    const { name } = written.sequence;
    const client = await this.clients.get(actor, written.sequence.clientId);
    const title = page.t('sequences.enrolment.title');
    const frame = clientFrame(page, client, 'sequences', {
      heading: title,
      lede: page.t('sequences.enrolment.lede', { name }),
      trail: [
        { href: `/clients/${client.id}/sequences`, label: page.t('sequences.title') },
        { href: `/sequences/${id}`, label: name },
      ],
    });
    return { written, client, frame, title };
  }
}
