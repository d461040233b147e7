import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Rejudging } from '../../prospects/rejudging.service.js';
import { IcpTrialQueries } from '../../prospects/trial/icp-trials.queries.js';
import { IcpTrials } from '../../prospects/trial/icp-trials.service.js';
import { RejudgeInput, TrialInput, TrialRowsQuery } from '../../prospects/trial/trial.dto.js';
import { IcpTrialQuery, TrialChoice } from './icp-trials.dto.js';
import { IcpTrialsScreen } from './icp-trials-screen.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** ICPs at work: which version to try, on whom. */
@AllowAgency()
@Controller('clients/:clientId/icp-trials')
export class IcpTrialsPages {
  constructor(
    private readonly screen: IcpTrialsScreen,
    private readonly trials: IcpTrials,
    private readonly rejudging: Rejudging,
  ) {}

  @Get()
  choose(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() chosen: TrialChoice,
  ): Promise<PageResponse> {
    return this.screen.drawChoice(actor, page, clientId, chosen);
  }

  @Post()
  begin(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      TrialInput,
      form,
      async (input) => page.redirect(`/icp-trials/${await this.trials.begin(actor, clientId, input)}`),
      (refused, status) =>
        this.screen.drawChoice(actor, page, clientId, {}, { problem: refused.problem, status }),
    );
  }

  /** For real: the verdicts of those nobody has worked yet. */
  @Allow('admin', 'manager')
  @Post('rejudge')
  rejudge(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      RejudgeInput,
      form,
      async (input) => {
        const params = { ...(await this.rejudging.rejudge(actor, clientId, input)) };
        return page.redirect(`/clients/${clientId}/icp-trials`, { key: 'trials.flash.rejudged', params });
      },
      (refused, status) =>
        this.screen.drawChoice(actor, page, clientId, {}, { problem: refused.problem, status }),
    );
  }
}

/** What came of a trial, and the rows behind each figure. */
@AllowAgency()
@Controller('icp-trials/:id')
export class IcpTrialPages {
  constructor(
    private readonly screen: IcpTrialsScreen,
    private readonly queries: IcpTrialQueries,
  ) {}

  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() { by }: IcpTrialQuery,
  ): Promise<PageResponse> {
    return this.screen.drawTrial(actor, page, await this.queries.get(actor, id), by ?? 'industry');
  }

  @Get('rows')
  rows(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() query: TrialRowsQuery,
  ): Promise<PageResponse> {
    return this.screen.drawRows(actor, page, id, query);
  }
}
