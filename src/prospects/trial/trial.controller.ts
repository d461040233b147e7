import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Rejudging } from '../rejudging.service.js';
import { IcpTrialQueries } from './icp-trials.queries.js';
import { IcpTrials } from './icp-trials.service.js';
import { RejudgeInput, TrialInput, TrialRowsQuery } from './trial.dto.js';

@ApiTags('icps')
@AllowAgency()
@Controller('api/v1')
export class TrialController {
  constructor(
    private readonly trials: IcpTrials,
    private readonly queries: IcpTrialQueries,
    private readonly rejudging: Rejudging,
  ) {}

  /** Judges a client's prospects, or those a filter finds, by a version of an ICP; nothing is stored with them. */
  @HttpCode(202)
  @Post('clients/:id/icp-trials')
  async begin(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() input: TrialInput) {
    return this.queries.get(actor, await this.trials.begin(actor, clientId, input));
  }

  @Get('icp-trials/:id')
  get(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.queries.get(actor, id);
  }

  /** The rows a figure counts. */
  @Get('icp-trials/:id/rows')
  async rows(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: TrialRowsQuery) {
    const { items, nextCursor, total } = await this.queries.rows(actor, id, query);
    return { items, nextCursor, total };
  }

  /** For real, by the ICPs in force; whoever has been worked keeps the verdict they were worked by. */
  @Allow('admin', 'manager')
  @Post('clients/:id/prospects/rejudge')
  @HttpCode(200)
  rejudge(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() input: RejudgeInput) {
    return this.rejudging.rejudge(actor, clientId, input);
  }
}
