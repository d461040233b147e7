import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import type { Actor } from '../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import type { Page } from '../shared/paging.js';
import { ClientTeam, type Member } from './client-team.service.js';

export class AssignInput {
  @IsString() @IsNotEmpty() @MaxLength(36) userId!: string;
}

@ApiTags('clients')
@AllowAgency()
@Controller('api/v1/clients/:clientId/people')
export class ClientTeamController {
  constructor(private readonly team: ClientTeam) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @Param('clientId') clientId: string): Promise<Page<Member>> {
    return { items: await this.team.list(actor, clientId), nextCursor: null };
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post()
  async assign(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Body() { userId }: AssignInput,
  ): Promise<Page<Member>> {
    await this.team.assign(actor, clientId, userId);
    return this.list(actor, clientId);
  }
}
