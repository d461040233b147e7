import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import type { Page } from '../shared/paging.js';
import { ContactChangeInput, ContactInput, type ContactOutput, contactOutput } from './contact.dto.js';
import { Contacts } from './contacts.service.js';

@ApiTags('clients')
@AllowAgency()
@Controller('api/v1')
export class ContactsController {
  constructor(private readonly contacts: Contacts) {}

  @Get('clients/:clientId/contacts')
  async list(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
  ): Promise<Page<ContactOutput>> {
    const contacts = await this.contacts.list(actor, clientId);
    return { items: contacts.map(contactOutput), nextCursor: null };
  }

  @Allow('admin', 'manager')
  @Post('clients/:clientId/contacts')
  async add(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Body() input: ContactInput,
  ): Promise<ContactOutput> {
    return contactOutput(await this.contacts.add(actor, clientId, input));
  }

  @Allow('admin', 'manager')
  @Patch('contacts/:id')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() input: ContactChangeInput,
  ): Promise<ContactOutput> {
    return contactOutput(await this.contacts.edit(actor, id, input));
  }

  /** Left the client: takes no more meetings, past ones keep the name. */
  @Allow('admin', 'manager')
  @HttpCode(204)
  @Delete('contacts/:id')
  async leave(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.contacts.leave(actor, id);
  }
}
