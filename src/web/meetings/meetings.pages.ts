import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { type ListedClient, ClientQueries } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { MeetingQueries } from '../../meetings/meeting.queries.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { PAGE_LIMIT } from '../../shared/paging.js';
import { dayOf } from '../../shared/period.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { calendarModel, calendarRange } from './meetings-calendar.view.js';
import { addressOf, meetingLine, type MeetingsQuery, pileTabs, viewSwitch } from './meetings-list.view.js';
import { MeetingsPageQuery } from './meetings-page.dto.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** The meetings of all clients in sight, or of one: as a list by what they wait for, and as a calendar. */
@AllowAgency()
@Controller()
export class MeetingsPages {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly clients: ClientQueries,
    private readonly clock: Clock,
  ) {}

  @Get('meetings')
  async all(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() query: MeetingsPageQuery,
  ): Promise<PageResponse> {
    const { items } = await this.clients.list(actor, { limit: PAGE_LIMIT.most });
    const client = items.find((one) => one.id === query.client) ?? null;
    const model = await this.model(actor, page, '/meetings', query, client);
    const title = page.t('meetings.title');
    const choices = items.map(({ id, name }) => ({ id, name, isCurrent: id === client?.id }));
    return page.show('meetings/index', { title, ...model, clients: choices, isForAll: true });
  }

  @Get('clients/:id/meetings')
  async ofClient(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() query: MeetingsPageQuery,
  ): Promise<PageResponse> {
    if (!isId(id)) throw new NotFound();
    const client = await this.clients.get(actor, id);
    const frame = clientFrame(page, client, 'meetings');
    const model = await this.model(actor, page, `/clients/${id}/meetings`, query, client);
    return page.show('meetings/index', {
      title: `${page.t('meetings.title')} · ${client.name}`,
      ...model,
      frame,
    });
  }

  private async model(
    actor: Actor,
    page: Page,
    base: string,
    query: MeetingsPageQuery,
    client: Pick<ListedClient, 'id' | 'timeZone'> | null,
  ) {
    const view = query.view ?? 'table';
    const zone = client?.timeZone ?? (await this.meetings.agencyZone());
    const kept: MeetingsQuery = { base, client: query.client };
    const shared = { views: viewSwitch(page, kept, view), base, view };
    if (view === 'table')
      return { ...shared, ...(await this.table(actor, page, query, kept, { client, zone })) };
    const now = this.clock.now();
    const on = query.on ?? dayOf(now, zone);
    const range = calendarRange(view, on, zone);
    if (range === null) throw new NotFound();
    const shown = await this.meetings.between(actor, range.period, client?.id);
    const calendar = calendarModel(page, kept, { span: view, on, zone, now, ...range }, shown);
    return { ...shared, calendar, zone: page.t('meetings.calendar.zone', { zone }) };
  }

  private async table(
    actor: Actor,
    page: Page,
    query: MeetingsPageQuery,
    kept: MeetingsQuery,
    { client, zone }: { client: { id: string } | null; zone: string },
  ) {
    const pile = query.pile ?? 'upcoming';
    const { from, to, cursor } = query;
    const filter = { pile, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(cursor ? { cursor } : {}) };
    const listed = await this.meetings.list(actor, filter, { clientId: client?.id, zone });
    const counts = await this.meetings.counts(actor, client?.id);
    const now = { ...kept, pile, from, to };
    return {
      tabs: pileTabs(page, { ...kept, pile }, counts),
      filter: {
        pile,
        from,
        to,
        isSet: Boolean(from ?? to ?? query.client),
        clearHref: addressOf({ base: kept.base, pile }),
      },
      lines: listed.items.map((meeting) => meetingLine(page, meeting, this.clock.now())),
      nextHref: listed.nextCursor === null ? null : addressOf(now, { cursor: listed.nextCursor }),
    };
  }
}
