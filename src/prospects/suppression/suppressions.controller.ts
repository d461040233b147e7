import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { LiftInput, SuppressionInput, SuppressionQuery } from './suppression.dto.js';
import type { Suppression } from './suppression.entity.js';
import { SuppressionLists } from './suppression-list.queries.js';
import { SuppressionList } from './suppression-list.service.js';

@Controller('api/v1')
@AllowAgency()
export class SuppressionsController {
  constructor(
    private readonly list: SuppressionList,
    private readonly lists: SuppressionLists,
  ) {}

  @Get('clients/:id/suppressions')
  ofClient(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Query() query: SuppressionQuery) {
    return this.lists.ofClient(actor, clientId, query);
  }

  @Post('clients/:id/suppressions')
  async add(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() input: SuppressionInput) {
    return entry(await this.list.add(actor, clientId, input));
  }

  @Allow('admin', 'manager')
  @Get('suppressions')
  ofAgency(@CurrentActor() actor: Actor, @Query() query: SuppressionQuery) {
    return this.lists.ofAgency(actor, query);
  }

  @Allow('admin', 'manager')
  @Post('suppressions')
  async addForAgency(@CurrentActor() actor: Actor, @Body() input: SuppressionInput) {
    return entry(await this.list.add(actor, null, input));
  }

  @Allow('admin', 'manager')
  @Delete('suppressions/:id')
  @HttpCode(204)
  lift(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { reason }: LiftInput): Promise<void> {
    return this.list.lift(actor, id, reason);
  }
}

function entry({ id, clientId, kind, value, channels, reason, source, createdBy, createdAt }: Suppression) {
  return { id, clientId, kind, value, channels, reason, source, createdBy, createdAt };
}
