import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { Clock } from '../../clock/clock.service.js';
import { MeetingQueries } from '../../meetings/meeting.queries.js';
import { CostReports } from '../../reporting/cost/cost-reports.queries.js';
import { Portfolio } from '../../reporting/portfolio.queries.js';
import { PortalPageQuery } from './portal.dto.js';
import { PortalQueries } from './portal.queries.js';
import { SequenceStories } from '../../sequences/sequence-story.queries.js';
import {
  portalClaim,
  portalCost,
  portalMeeting,
  portalMessages,
  portalProgress,
  portalSummary,
} from './portal.view.js';
import { costView } from '../report/report-cost.view.js';
import { usualDays } from '../report/report-period.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Few enough to read in ten seconds. */
const SHOWN = { next: 6, past: 6, claims: 20 };

/** What a client's person sees: their meetings, what awaits their word, how the month goes, what it costs. */
@Allow('client')
@Controller('portal')
export class PortalPages {
  constructor(
    private readonly portal: PortalQueries,
    private readonly meetings: MeetingQueries,
    private readonly costs: CostReports,
    private readonly portfolio: Portfolio,
    private readonly stories: SequenceStories,
    private readonly clock: Clock,
  ) {}

  @Get()
  async home(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const client = await this.portal.own(actor);
    const now = this.clock.now();
    const scope = { clientId: client.id, zone: client.timeZone };
    const [next, claims, past] = await Promise.all([
      this.meetings.list(actor, { pile: 'upcoming', limit: SHOWN.next }, scope),
      this.meetings.list(actor, { pile: 'to_confirm', limit: SHOWN.claims }, scope),
      this.meetings.list(actor, { pile: 'past', limit: SHOWN.past }, scope),
    ]);
    const messages = await this.stories.waiting(actor, client.id);
    const month = await this.costs.report(actor, client.id, {});
    const sinceStart = await this.costs.report(
      actor,
      client.id,
      usualDays(now, client.timeZone, client.startsOn),
    );
    return page.show('portal/home', {
      title: page.t('portal.title'),
      client,
      hello: page.t('portal.hello', { name: actor.name }),
      messages: portalMessages(page, messages, client.timeZone, now),
      summary: portalSummary(page, claims.items, next.items[0], messages.length),
      claims: claims.items.map((meeting) => portalClaim(page, meeting, now, null)),
      next: next.items.map((meeting) => portalMeeting(page, meeting, now)),
      past: past.items.map((meeting) => portalMeeting(page, meeting, now)),
      hasOlder: past.nextCursor !== null,
      progress: portalProgress(page, await this.portfolio.ownPaces(actor), month),
      cost: portalCost(page, sinceStart),
    });
  }

  /** Cost against an in-house SDR, as far as the client may see it. */
  @Get('report')
  async report(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const client = await this.portal.own(actor);
    const days = usualDays(this.clock.now(), client.timeZone, client.startsOn);
    const report = await this.costs.report(actor, client.id, days);
    return page.show('portal/report', {
      title: page.t('portal.report.title'),
      client: client.name,
      lede: page.t('portal.cost.note', {
        from: page.format.day(report.from),
        to: page.format.day(report.to),
      }),
      cost: costView(page, report, { canEdit: false }),
    });
  }

  /** All the past ones, page by page. */
  @Get('meetings')
  async past(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() { cursor }: PortalPageQuery,
  ): Promise<PageResponse> {
    const client = await this.portal.own(actor);
    const now = this.clock.now();
    const listed = await this.meetings.list(
      actor,
      { pile: 'past', limit: 30, ...(cursor === undefined ? {} : { cursor }) },
      { clientId: client.id, zone: client.timeZone },
    );
    return page.show('portal/past', {
      title: page.t('portal.past.title'),
      past: listed.items.map((meeting) => portalMeeting(page, meeting, now)),
      nextHref: listed.nextCursor === null ? null : `/portal/meetings?cursor=${listed.nextCursor}`,
    });
  }
}
