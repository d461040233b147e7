import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import type { Page } from '../shared/paging.js';
import {
  ClientChangeInput,
  ClientInput,
  ClientListInput,
  type ClientOutput,
  clientOutput,
  SwitchInput,
} from './client.dto.js';
import { ClientQueries } from './clients.queries.js';
import { Clients } from './clients.service.js';

@ApiTags('clients')
@AllowAgency()
@Controller('api/v1/clients')
export class ClientsController {
  constructor(
    private readonly clients: Clients,
    private readonly queries: ClientQueries,
  ) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @Query() filter: ClientListInput): Promise<Page<ClientOutput>> {
    const { items, nextCursor } = await this.queries.list(actor, filter);
    return { items: items.map(clientOutput), nextCursor };
  }

  @Allow('admin', 'manager')
  @Post()
  async open(@CurrentActor() actor: Actor, @Body() input: ClientInput): Promise<ClientOutput> {
    return clientOutput(await this.clients.open(actor, input));
  }

  @Get(':id')
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ClientOutput> {
    return clientOutput(await this.queries.get(actor, id));
  }

  @Allow('admin', 'manager')
  @Patch(':id')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: ClientChangeInput,
  ): Promise<ClientOutput> {
    return clientOutput(await this.clients.edit(actor, id, input));
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post(':id/switch-off')
  async switchOff(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { reason }: SwitchInput,
  ): Promise<ClientOutput> {
    return clientOutput(await this.clients.switchOff(actor, id, reason));
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post(':id/switch-on')
  async switchOn(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { reason }: SwitchInput,
  ): Promise<ClientOutput> {
    return clientOutput(await this.clients.switchOn(actor, id, reason));
  }
}
