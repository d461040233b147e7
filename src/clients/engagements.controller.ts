import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import type { Page } from '../shared/paging.js';
import {
  type EngagementOutput,
  engagementOutput,
  type TermsOutput,
  termsOutput,
} from './engagement-output.dto.js';
import { EngagementChangeInput, EngagementInput } from './engagement.dto.js';
import { EngagementQueries } from './engagements.queries.js';
import { Engagements } from './engagements.service.js';

@ApiTags('engagements')
@AllowAgency()
@Controller('api/v1')
export class EngagementsController {
  constructor(
    private readonly engagements: Engagements,
    private readonly queries: EngagementQueries,
  ) {}

  @Get('clients/:clientId/engagements')
  async list(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
  ): Promise<Page<EngagementOutput>> {
    const engagements = await this.queries.list(actor, clientId);
    return { items: engagements.map(engagementOutput), nextCursor: null };
  }

  @Allow('admin', 'manager')
  @Post('clients/:clientId/engagements')
  async agree(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Body() input: EngagementInput,
  ): Promise<EngagementOutput> {
    return engagementOutput(await this.engagements.agree(actor, clientId, input));
  }

  @Get('engagements/:id')
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<EngagementOutput> {
    return engagementOutput(await this.queries.get(actor, id));
  }

  /** Other terms make a new version. */
  @Allow('admin', 'manager')
  @Put('engagements/:id')
  async amend(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: EngagementChangeInput,
  ): Promise<EngagementOutput> {
    return engagementOutput(await this.engagements.amend(actor, id, input));
  }

  @Get('engagements/:id/versions')
  async versions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page<TermsOutput>> {
    const versions = await this.queries.versions(actor, id);
    return { items: versions.map(termsOutput), nextCursor: null };
  }
}
