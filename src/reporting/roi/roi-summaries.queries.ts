import { Injectable } from '@nestjs/common';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { type CostAsk, CostReports } from '../cost/cost-reports.queries.js';
import type { FunnelReport } from '../report-answer.js';
import { breakdowns, type View } from '../report-request.js';
import { Reports } from '../reports.queries.js';
import type { RoiSummary } from './roi-summary.js';

/** The figures of a client's report, gathered once for whoever writes them down. */
@Injectable()
export class RoiSummaries {
  constructor(
    private readonly costs: CostReports,
    private readonly reports: Reports,
  ) {}

  /** @throws NotFound for a client out of sight; InvalidInput naming the day */
  async summary(actor: Actor, clientId: string, ask: CostAsk & { view?: View }): Promise<RoiSummary> {
    const cost = await this.costs.report(actor, clientId, ask);
    const { from, to } = cost;
    if (!isAgency(actor)) return { cost, funnel: null, breakdowns: [] };
    const funnel = await this.reports.funnel(actor, clientId, { view: 'cohort', from, to });
    const parts: FunnelReport[] = [];
    for (const by of breakdowns)
      parts.push(await this.reports.funnel(actor, clientId, { view: ask.view, from, to, by }));
    return { cost, funnel, breakdowns: parts };
  }
}
