import { Body, Controller, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import { MergeQueries } from './merge/merges.queries.js';
import { Ownership } from './ownership/ownership.service.js';
import { OwnerInput, ProspectEdit, ProspectInput } from './prospect.dto.js';
import { ProspectListQuery } from './search/prospect-list.dto.js';
import { ProspectList } from './search/prospect-list.queries.js';
import { ProspectQueries } from './prospects.queries.js';
import { Prospects } from './prospects.service.js';
import { legalMovesFrom } from './status/status.js';

@Controller('api/v1')
@AllowAgency()
export class ProspectsController {
  constructor(
    private readonly prospects: Prospects,
    private readonly queries: ProspectQueries,
    private readonly lists: ProspectList,
    private readonly ownership: Ownership,
    private readonly merges: MergeQueries,
  ) {}

  @Get('clients/:id/prospects')
  list(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Query() query: ProspectListQuery) {
    return this.lists.page(actor, clientId, query);
  }

  @Post('clients/:id/prospects')
  add(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() input: ProspectInput) {
    return this.prospects.add(actor, clientId, input, 'api');
  }

  @Get('prospects/:id')
  async get(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const survivorId = await this.merges.survivorOf(actor, id);
    if (survivorId !== null) {
      reply.status(308).header('location', `/api/v1/prospects/${survivorId}`);
      return { mergedInto: survivorId };
    }
    const prospect = await this.queries.get(actor, id);
    const history = await this.queries.history(actor, id);
    return { ...prospect, moves: legalMovesFrom(prospect.status, 'person'), history };
  }

  @Patch('prospects/:id')
  edit(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: ProspectEdit) {
    return this.prospects.edit(actor, id, input);
  }

  @Put('prospects/:id/owner')
  async own(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { ownerId }: OwnerInput) {
    const { clientId } = await this.queries.get(actor, id);
    await this.ownership.assign(actor, clientId, [id], ownerId ?? null);
    return this.queries.get(actor, id);
  }
}
