import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ProspectQueries } from '../../prospects/prospects.queries.js';
import { MOST_MAILS, type ThreadMailLine, MailThreads } from './mail-threads.queries.js';

@ApiTags('prospects')
@AllowAgency()
@Controller('api/v1')
export class MailThreadsController {
  constructor(
    private readonly prospects: ProspectQueries,
    private readonly threads: MailThreads,
  ) {}

  /** What was written to a prospect and what came back, newest first; at most the latest 100. */
  @Get('prospects/:id/mails')
  async list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    await this.prospects.get(actor, id);
    const thread = await this.threads.of(actor, id, MOST_MAILS);
    return { items: thread.reverse().map(mail), nextCursor: null };
  }
}

function mail({ id, isOurs, at, fromName, fromAddress, subject, ...has }: ThreadMailLine): object {
  const from = { address: fromAddress, name: fromName };
  const { text, wholeText, machineClass, humanClass, state } = has;
  return { id, isOurs, at, from, subject, text, wholeText, class: humanClass ?? machineClass, state };
}
