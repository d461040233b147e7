import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { BulkActInput, LeftQuery } from './bulk-act.dto.js';
import { BulkActQueries, type BulkActSeen } from './bulk-acts.queries.js';
import { BulkActs } from './bulk-acts.service.js';

/** Acts on many: opened (counting), looked at, then started, cancelled or undone. */
@AllowAgency()
@Controller('api/v1')
export class BulkActsController {
  constructor(
    private readonly acts: BulkActs,
    private readonly queries: BulkActQueries,
  ) {}

  @Get('clients/:id/bulk-acts')
  async latest(@CurrentActor() actor: Actor, @Param('id') clientId: string) {
    return { items: await this.queries.latest(actor, clientId), nextCursor: null };
  }

  @Post('clients/:id/bulk-acts')
  async open(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() input: BulkActInput) {
    const { id } = await this.acts.open(actor, clientId, input);
    return this.queries.get(actor, id);
  }

  @Get('bulk-acts/:id')
  get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<BulkActSeen> {
    return this.queries.get(actor, id);
  }

  @Get('bulk-acts/:id/left')
  left(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() { cursor }: LeftQuery) {
    return this.queries.left(actor, id, cursor);
  }

  @Post('bulk-acts/:id/start')
  @HttpCode(200)
  async start(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<BulkActSeen> {
    await this.acts.start(actor, id);
    return this.queries.get(actor, id);
  }

  @Post('bulk-acts/:id/cancel')
  @HttpCode(200)
  async cancel(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<BulkActSeen> {
    await this.acts.cancel(actor, id);
    return this.queries.get(actor, id);
  }

  @Post('bulk-acts/:id/undo')
  @HttpCode(200)
  async undo(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<BulkActSeen> {
    await this.acts.undo(actor, id);
    return this.queries.get(actor, id);
  }
}
