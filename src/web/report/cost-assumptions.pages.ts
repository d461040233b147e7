import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { AssumptionsInput } from '../../reporting/cost/cost-assumptions.dto.js';
import { CostAssumptions } from '../../reporting/cost/cost-assumptions.service.js';
import { CostReports } from '../../reporting/cost/cost-reports.queries.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { assumptionsView } from './cost-assumptions.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Where the account manager says what the comparison rests on. */
@Allow('admin', 'manager')
@Controller('clients/:clientId/report/assumptions')
export class CostAssumptionPages {
  constructor(
    private readonly assumptions: CostAssumptions,
    private readonly reports: CostReports,
  ) {}

  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    return this.draw(actor, page, clientId);
  }

  @Post()
  async enter(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      AssumptionsInput,
      form,
      async (input) => {
        await this.assumptions.enter(actor, clientId, input);
        return page.redirect(`/clients/${clientId}/report#comparison`, { key: 'cost.edit.saved' });
      },
      (refused, status) => this.draw(actor, page, clientId, refused, status),
    );
  }

  private async draw(
    actor: Actor,
    page: Page,
    clientId: string,
    refused: Refused = NOTHING_REFUSED,
    status = 200,
  ): Promise<PageResponse> {
    const { client, sheet } = await this.reports.sheet(actor, clientId);
    const trail = [{ href: `/clients/${clientId}/report`, label: page.t('report.heading') }];
    const options = { heading: page.t('cost.edit.heading'), lede: page.t('cost.edit.lede'), trail };
    return page.show(
      'report/assumptions',
      {
        title: page.t('cost.edit.title', { client: client.name }),
        frame: clientFrame(page, client, 'report', options),
        back: `/clients/${clientId}/report`,
        problem: refused.problem,
        ...assumptionsView(page, sheet, client.currency, refused),
      },
      { status },
    );
  }
}
