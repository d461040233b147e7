import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { HandOverInput } from './hand-over.dto.js';
import { HandOvers } from './hand-overs.service.js';

@Allow('admin', 'manager')
@Controller('api/v1/people/:id/prospects')
export class HandOversController {
  constructor(private readonly handOvers: HandOvers) {}

  @Get()
  async owned(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return { items: await this.handOvers.owned(actor, id), nextCursor: null };
  }

  /** Gives the acts begun, one a client: `GET /bulk-acts/:id` tells how far each is. */
  @Post('hand-over')
  async hand(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: HandOverInput) {
    const acts = await this.handOvers.hand(actor, id, input);
    return { items: acts.map((act) => ({ id: act.id, clientId: act.clientId })), nextCursor: null };
  }
}
