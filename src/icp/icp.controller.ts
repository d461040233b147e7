import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import type { Page } from '../shared/paging.js';
import { judge, type Judgement } from './fit-score.js';
import { type IcpOutput, icpOutput, type IcpVersionOutput, icpVersionOutput } from './icp-output.dto.js';
import { IcpChangeInput, IcpInput, JudgeInput } from './icp.dto.js';
import { IcpQueries } from './icp.queries.js';
import { Icps } from './icps.service.js';

@ApiTags('icps')
@AllowAgency()
@Controller('api/v1')
export class IcpController {
  constructor(
    private readonly icps: Icps,
    private readonly queries: IcpQueries,
  ) {}

  @Get('clients/:clientId/icps')
  async list(@CurrentActor() actor: Actor, @Param('clientId') clientId: string): Promise<Page<IcpOutput>> {
    const icps = await this.queries.list(actor, clientId, { withArchived: true });
    return { items: icps.map(icpOutput), nextCursor: null };
  }

  @Allow('admin', 'manager')
  @Post('clients/:clientId/icps')
  async define(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Body() input: IcpInput,
  ): Promise<IcpOutput> {
    return icpOutput(await this.icps.define(actor, clientId, input));
  }

  @Get('icps/:id')
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<IcpOutput> {
    return icpOutput(await this.queries.get(actor, id));
  }

  /** Other criteria make a new version. */
  @Allow('admin', 'manager')
  @Put('icps/:id')
  async refine(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: IcpChangeInput,
  ): Promise<IcpOutput> {
    return icpOutput(await this.icps.refine(actor, id, input));
  }

  @Get('icps/:id/versions')
  async versions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page<IcpVersionOutput>> {
    const versions = await this.queries.versions(actor, id);
    return { items: versions.map(icpVersionOutput), nextCursor: null };
  }

  /** Judges a prospect made up for the purpose against the version in force; nothing is kept. */
  @HttpCode(200)
  @Post('icps/:id/judge')
  async judge(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() facts: JudgeInput,
  ): Promise<Judgement> {
    const { version } = await this.queries.get(actor, id);
    return judge(version.criteria, facts);
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post('icps/:id/shelve')
  async shelve(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<IcpOutput> {
    return icpOutput(await this.icps.shelve(actor, id));
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post('icps/:id/take-up')
  async takeUpAgain(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<IcpOutput> {
    return icpOutput(await this.icps.takeUpAgain(actor, id));
  }
}
