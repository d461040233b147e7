import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { EngagementQueries } from '../../clients/engagements.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { mayEditAssumptions } from '../../reporting/cost/cost.policy.js';
import { CostReports } from '../../reporting/cost/cost-reports.queries.js';
import { figuresFor } from '../../reporting/figures.js';
import { ReportQuery, RowsQuery } from '../../reporting/report.dto.js';
import { type ReportAsk, Reports } from '../../reporting/reports.queries.js';
import { InvalidInput } from '../../shared/errors.js';
import { readInput, withoutBlanks } from '../../shared/read-input.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { costView } from './report-cost.view.js';
import { addressOf } from './report-links.js';
import { periodPicker, usualDays } from './report-period.view.js';
import { rowsView } from './report-rows.view.js';
import { reportView } from './report.view.js';

/** What happened for a client, and what became of it; every figure opens onto its rows. */
@AllowAgency()
@Controller('clients/:clientId/report')
export class ReportPages {
  constructor(
    private readonly reports: Reports,
    private readonly costs: CostReports,
    private readonly clients: ClientQueries,
    private readonly engagements: EngagementQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() query: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const startsOn = await this.firstDay(actor, clientId);
    const usual = usualDays(this.clock.now(), client.timeZone, startsOn);
    try {
      const ask = readInput(ReportQuery, withoutBlanks(query), { isQuery: true });
      return await this.draw(actor, page, client, { ...usual, ...chosen(ask) }, startsOn);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return this.draw(actor, page, client, usual, startsOn, page.refused(query, error));
    }
  }

  @Get('rows')
  async rows(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() query: RowsQuery,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const found = await this.reports.rows(actor, clientId, query);
    const { figure, cursor } = query;
    const line = found.line;
    const figures = figuresFor(found.view, line?.by ?? null);
    const address = { clientId, view: found.view, from: found.from, to: found.to, by: line?.by ?? null };
    const unit = figures[figure]!.unit;
    const model = rowsView(page, found, {
      ...{ address, figureKey: figure, unit, line, cursor: cursor ?? null, zone: client.timeZone },
    });
    const trail = [{ href: `/clients/${clientId}/report`, label: page.t('report.heading') }];
    const options = { heading: model.heading, count: found.count, lede: model.lede, trail };
    return page.show('report/rows', {
      title: `${model.heading} · ${client.name}`,
      frame: clientFrame(page, client, 'report', options),
      ...model,
    });
  }

  private async draw(
    actor: Actor,
    page: Page,
    client: Client,
    ask: ReportAsk,
    startsOn: string | null,
    refused: Refused = NOTHING_REFUSED,
  ): Promise<PageResponse> {
    const report = await this.reports.funnel(actor, client.id, ask);
    const cost = await this.costs.report(actor, client.id, { from: report.from, to: report.to });
    const about = { now: this.clock.now(), zone: client.timeZone, startsOn, refused };
    const model = {
      title: page.t('report.title', { client: client.name }),
      frame: clientFrame(page, client, 'report', { heading: page.t('report.heading') }),
      picker: periodPicker(page, addressOf(report), about),
      ...reportView(page, report),
      cost: costView(page, cost, { canEdit: mayEditAssumptions(actor), view: report.view }),
    };
    return page.show('report/show', model, { status: refused.problem === '' ? 200 : 422 });
  }

  /** The first day of the client's first engagement. */
  private async firstDay(actor: Actor, clientId: string): Promise<string | null> {
    const engagements = await this.engagements.list(actor, clientId);
    const days = engagements.map(({ engagement }) => engagement.startsOn).sort();
    return days[0] ?? null;
  }
}

/** A field left out is no choice: the usual one stands. */
function chosen(ask: ReportQuery): ReportAsk {
  return Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== undefined));
}
