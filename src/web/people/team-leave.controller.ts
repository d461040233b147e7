import { Body, Controller, Delete, HttpStatus, Param, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { Conflict } from '../../shared/errors.js';
import { LeaveInput } from './team-leave.dto.js';
import { TeamLeaves } from './team-leaves.service.js';

/** Taking somebody off a client, for programs: what they own there is told, as on the page, and never left behind unsaid. */
@ApiTags('clients')
@Allow('admin', 'manager')
@Controller('api/v1/clients/:clientId/people/:userId')
export class TeamLeaveController {
  constructor(private readonly leaves: TeamLeaves) {}

  @ApiNoContentResponse({ description: 'They owned nothing at the client, and work for it no longer.' })
  @ApiAcceptedResponse({
    description:
      'They work for the client no longer; their prospects are being given on: GET /api/v1/bulk-acts/{id}.',
    schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
  })
  @ApiConflictResponse({
    description:
      'They own prospects at the client, and neither `toIds` nor `isFreed` says who takes those on: `message` counts them. Nothing changed.',
  })
  @ApiNotFoundResponse({ description: 'They neither work for the client nor own a prospect there.' })
  @Delete()
  async takeOff(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Param('userId') userId: string,
    @Body() input: LeaveInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string } | undefined> {
    await this.requireWord(actor, clientId, userId, input);
    const id = await this.leaves.leave(actor, clientId, userId, input);
    reply.status(id === null ? HttpStatus.NO_CONTENT : HttpStatus.ACCEPTED);
    return id === null ? undefined : { id };
  }

  /** A program did not see the page that says what they own. */
  private async requireWord(
    actor: Actor,
    clientId: string,
    userId: string,
    { toIds = [], isFreed }: LeaveInput,
  ): Promise<void> {
    if (toIds.length > 0 || isFreed === true) return;
    const { person, client, prospects, open } = await this.leaves.look(actor, clientId, userId);
    if (prospects > 0)
      throw new Conflict('prospects.leavesOwned', {
        ...{ name: person.name, client: client.name },
        ...{ n: prospects, open },
      });
  }
}
