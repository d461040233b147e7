import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ProspectNotes } from '../notes/prospect-notes.service.js';
import { NoteInput } from '../prospect.dto.js';
import { legalMovesFrom } from './status.js';
import { StatusChange } from './status.dto.js';
import type { StatusNow } from './status-moves.service.js';
import { Statuses } from './status.service.js';

@Controller('api/v1/prospects')
@AllowAgency()
export class StatusController {
  constructor(
    private readonly statuses: Statuses,
    private readonly notes: ProspectNotes,
  ) {}

  @Post(':id/status')
  @HttpCode(200)
  async change(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() input: StatusChange) {
    return answer(await this.statuses.change(actor, id, input));
  }

  @Post(':id/undo')
  @HttpCode(200)
  async undo(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return answer(await this.statuses.undo(actor, id));
  }

  @Post(':id/notes')
  async note(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() { note }: NoteInput) {
    return { id: await this.notes.add(actor, id, note) };
  }
}

function answer({ id, status, statusAt, statusUntil, version }: StatusNow) {
  return { id, status, statusAt, statusUntil, version, moves: legalMovesFrom(status, 'person') };
}
