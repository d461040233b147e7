import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ListInput, MembersInput } from './list.dto.js';
import { Lists } from './lists.service.js';

@Controller('api/v1')
@AllowAgency()
export class ListsController {
  constructor(private readonly lists: Lists) {}

  @Get('clients/:id/lists')
  async of(@CurrentActor() actor: Actor, @Param('id') clientId: string) {
    return { items: await this.lists.of(actor, clientId), nextCursor: null };
  }

  @Post('clients/:id/lists')
  create(@CurrentActor() actor: Actor, @Param('id') clientId: string, @Body() { name }: ListInput) {
    return this.lists.create(actor, clientId, name);
  }

  @Post('lists/:id/members')
  @HttpCode(200)
  async enlist(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: MembersInput) {
    return { added: await this.lists.enlist(actor, id, input.prospectIds) };
  }

  @Delete('lists/:id/members')
  async delist(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: MembersInput) {
    return { removed: await this.lists.delist(actor, id, input.prospectIds) };
  }

  @Delete('lists/:id')
  @HttpCode(204)
  async drop(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.lists.drop(actor, id);
  }
}
