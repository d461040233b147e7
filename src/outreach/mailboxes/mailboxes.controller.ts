import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Page } from '../../shared/paging.js';
import {
  MailboxChangeInput,
  MailboxInput,
  type MailboxOutput,
  mailboxOutput,
  MailboxPauseInput,
} from './mailbox.dto.js';
import type { Mailbox } from './mailbox.entity.js';
import { Mailboxes } from './mailboxes.service.js';
import { type MailboxHealth, MailboxQueries } from './mailboxes.queries.js';

@ApiTags('mailboxes')
@AllowAgency()
@Controller('api/v1')
export class MailboxesController {
  constructor(
    private readonly mailboxes: Mailboxes,
    private readonly queries: MailboxQueries,
  ) {}

  @Get('clients/:clientId/mailboxes')
  async list(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
  ): Promise<Page<MailboxOutput & { health: MailboxHealth }>> {
    const listed = await this.queries.list(actor, clientId);
    return {
      items: listed.map(({ mailbox, health }) => ({ ...this.shown(mailbox), health })),
      nextCursor: null,
    };
  }

  @Get('mailboxes/:id')
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MailboxOutput> {
    return this.shown(await this.queries.get(actor, id));
  }

  /** Signs in at both servers first; what fails is said field by field. */
  @Allow('admin', 'manager')
  @Post('clients/:clientId/mailboxes')
  async add(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Body() input: MailboxInput,
  ): Promise<MailboxOutput> {
    return this.shown(await this.mailboxes.add(actor, clientId, input));
  }

  @Allow('admin', 'manager')
  @Patch('mailboxes/:id')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: MailboxChangeInput,
  ): Promise<MailboxOutput> {
    return this.shown(await this.mailboxes.edit(actor, id, input));
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post('mailboxes/:id/test')
  async test(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MailboxOutput> {
    return this.shown(await this.mailboxes.retest(actor, id));
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post('mailboxes/:id/pause')
  async pause(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: MailboxPauseInput,
  ): Promise<MailboxOutput> {
    return this.shown(await this.mailboxes.pause(actor, id, input.note || null));
  }

  /** For good: it neither sends nor reads, its passwords are gone; its mails and threads stay. */
  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post('mailboxes/:id/retire')
  async retire(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MailboxOutput> {
    return this.shown(await this.mailboxes.retire(actor, id));
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @Post('mailboxes/:id/resume')
  async resume(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MailboxOutput> {
    return this.shown(await this.mailboxes.resume(actor, id));
  }

  private shown(mailbox: Mailbox): MailboxOutput {
    return mailboxOutput(mailbox, this.mailboxes.isLive);
  }
}
