import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { type Actor, LOCALES, type Locale } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { People } from '../../accounts/people.service.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Contacts } from '../../clients/contacts.service.js';
import { Config } from '../../config/config.js';
import { NotFound } from '../../shared/errors.js';
import { AsTrimmed } from '../../shared/input-fields.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { portalForm, portalLink } from './portal-access.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

export class PortalInvitation {
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(200) name!: string;
  @AsTrimmed() @IsNotEmpty() @IsString() @MaxLength(320) email!: string;
  @IsOptional() @IsIn(LOCALES) locale?: Locale;
}

/** Letting a client's people into their portal, by whoever runs that client. */
@Allow('admin', 'manager')
@Controller('clients/:clientId/portal-access')
export class PortalAccessPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly contacts: Contacts,
    private readonly people: People,
    private readonly config: Config,
  ) {}

  /** With a contact's name and address in it, when it was opened from theirs. */
  @Get('new')
  async form(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query('contact') contactId?: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const contact = contactId === undefined ? null : await this.contacts.get(actor, contactId);
    if (contact !== null && contact.clientId !== clientId) throw new NotFound();
    const { name, email } = contact ?? { name: '', email: '' };
    return draw(page, client, { ...NOTHING_REFUSED, values: { name, email, locale: client.locale } });
  }

  /** The link is shown on the answer to this very request, and nowhere else. */
  @Post()
  async invite(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return page.submit(
      PortalInvitation,
      form,
      async ({ name, email, locale = null }) => {
        const input = { name, email, locale, role: 'client' as const, clientId };
        const { user, secret } = await this.people.invite(actor, input);
        return page.show('contacts/portal-link', portalLink(page, client, user, this.linkOf(secret)));
      },
      (refused, status) => draw(page, client, refused, status),
    );
  }

  /** A new link, for a lost one or a forgotten password. */
  @Post(':userId/invitation')
  async inviteAgain(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('userId') userId: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const { user, secret } = await this.people.renewInvitation(actor, userId);
    return page.show('contacts/portal-link', portalLink(page, client, user, this.linkOf(secret)));
  }

  private linkOf(secret: string): string {
    return `${this.config.baseUrl}/invitations/${secret}`;
  }
}

function draw(page: Page, client: Client, refused: Refused, status = 200): PageResponse {
  return page.show('contacts/portal-form', portalForm(page, client, refused), { status });
}
