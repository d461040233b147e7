import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Answers } from '../../outreach/outgoing/answers.service.js';
import { type InboxLine, InboxQueries } from '../../outreach/incoming/inbox.queries.js';
import { AnswerInput, MailOwnerInput, TriageInput } from './triage.dto.js';
import { Triage } from './triage.service.js';
import { UnmatchedMails } from './unmatched-mails.service.js';

/** Mails that wait for a person. */
@ApiTags('replies')
@AllowAgency()
@Controller('api/v1/replies')
export class RepliesController {
  constructor(
    private readonly inbox: InboxQueries,
    private readonly triage: Triage,
    private readonly unmatched: UnmatchedMails,
    private readonly answers: Answers,
  ) {}

  /** Those to be understood and those of nobody's, the one that waits longest first; at most 100 of each. */
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<object> {
    const { toTriage, unmatched } = await this.inbox.list(actor);
    return { items: [...toTriage, ...unmatched].map(reply), nextCursor: null };
  }

  @Post(':id/triage')
  @HttpCode(200)
  async settle(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: TriageInput,
  ): Promise<object> {
    const { prospectId } = await this.triage.settle(actor, id, input);
    return { id, prospectId, class: input.class };
  }

  @Post(':id/answer')
  async answer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: AnswerInput,
  ): Promise<object> {
    const { id: mailId, prospectId, messageId, subject } = await this.answers.send(actor, id, input);
    return { id: mailId, prospectId, messageId, subject };
  }

  @Post(':id/owner')
  @HttpCode(200)
  async link(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { prospectId }: MailOwnerInput,
  ): Promise<object> {
    await this.unmatched.link(actor, id, prospectId);
    return { id, prospectId };
  }

  @Post(':id/discard')
  @HttpCode(204)
  discard(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.unmatched.discard(actor, id);
  }
}

function reply(mail: InboxLine): object {
  const { id, clientId, prospectId, fromAddress, fromName, subject, receivedAt, state } = mail;
  const { replyText: text, machineClass: suggestedClass, confidence } = mail;
  const from = { address: fromAddress, name: fromName };
  return { id, clientId, prospectId, from, subject, text, receivedAt, state, suggestedClass, confidence };
}
