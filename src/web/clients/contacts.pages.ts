import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { AssignInput } from '../../clients/client-team.controller.js';
import { ClientTeam } from '../../clients/client-team.service.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { ContactInput } from '../../clients/contact.dto.js';
import { Contacts } from '../../clients/contacts.service.js';
import { NotFound } from '../../shared/errors.js';
import { contactForm, contactRows, contactValues } from './contacts.view.js';
import { clientFrame } from './client-frame.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { leaveAddress } from '../people/team-leave.view.js';
import { TeamLeaves } from '../people/team-leaves.service.js';

/** The people on both sides of a client. */
@AllowAgency()
@Controller('clients/:clientId')
export class ContactPages {
  constructor(
    private readonly clients: ClientQueries,
    private readonly contacts: Contacts,
    private readonly team: ClientTeam,
    private readonly leaves: TeamLeaves,
  ) {}

  @Get('contacts')
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const canEdit = page.frame.isManager;
    const [contacts, team, portalUsers, candidates, strayOwners] = await Promise.all([
      this.contacts.list(actor, clientId),
      this.team.list(actor, clientId),
      this.team.portalUsers(actor, clientId),
      canEdit ? this.team.candidates(actor, clientId) : [],
      canEdit ? this.leaves.strayOwners(actor, clientId) : [],
    ]);
    const title = page.t('contacts.title');
    const home = `/clients/${clientId}`;
    return page.show('contacts/index', {
      title,
      frame: clientFrame(page, client, 'overview', { heading: title }),
      home,
      canEdit,
      contacts: contactRows(home, contacts, portalUsers),
      team: team.map((one) => ({ ...one, role: page.t(`clients.roles.${one.role}`), home })),
      strayOwners: strayOwners.map(({ id, name, prospects }) => ({
        text: page.t('contacts.stray', { name, n: prospects }),
        href: leaveAddress(clientId, id),
      })),
      portalUsers: portalUsers.map((one) => ({
        ...one,
        renew: `${home}/portal-access/${one.userId}/invitation`,
      })),
      inviteHref: `${home}/portal-access/new`,
      candidates: candidates.map(({ userId, name, role }) => ({
        userId,
        name,
        role: page.t(`clients.roles.${role}`),
      })),
    });
  }

  @Allow('admin', 'manager')
  @Get('contacts/new')
  async form(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return this.draw(page, client, null, { ...NOTHING_REFUSED, values: { isHost: true } });
  }

  @Allow('admin', 'manager')
  @Post('contacts')
  async add(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return page.submit(
      ContactInput,
      form,
      async (input) => {
        const whole = Object.assign(input, { isHost: input.isHost ?? false });
        const { name } = await this.contacts.add(actor, clientId, whole);
        return page.redirect(`/clients/${clientId}/contacts`, {
          key: 'contacts.flash.added',
          params: { name },
        });
      },
      (refused, status) => this.draw(page, client, null, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Get('contacts/:id/edit')
  async editForm(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const contact = await this.contacts.get(actor, id);
    if (contact.clientId !== clientId) throw new NotFound();
    return this.draw(page, client, id, { ...NOTHING_REFUSED, values: contactValues(contact) });
  }

  @Allow('admin', 'manager')
  @Post('contacts/:id/edit')
  async edit(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    return page.submit(
      ContactInput,
      form,
      async ({ name, email, phone, title, isHost }) => {
        // A browser sends every field: one left blank is taken away, a box not ticked is a no.
        const whole = {
          email: email ?? null,
          phone: phone ?? null,
          title: title ?? null,
          isHost: isHost ?? false,
        };
        await this.contacts.edit(actor, id, { name, ...whole });
        return page.redirect(`/clients/${clientId}/contacts`, {
          key: 'contacts.flash.saved',
          params: { name },
        });
      },
      (refused, status) => this.draw(page, client, id, refused, status),
    );
  }

  @Allow('admin', 'manager')
  @Post('contacts/:id/leave')
  async leave(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const { name } = await this.contacts.leave(actor, id);
    return page.redirect(`/clients/${clientId}/contacts`, { key: 'contacts.flash.left', params: { name } });
  }

  @Allow('admin', 'manager')
  @Post('people')
  async assign(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Body() { userId }: AssignInput,
  ): Promise<PageResponse> {
    await this.team.assign(actor, clientId, userId);
    return page.redirect(`/clients/${clientId}/contacts`, { key: 'contacts.flash.assigned' });
  }

  private draw(page: Page, client: Client, id: string | null, refused: Refused, status = 200): PageResponse {
    const title = page.t(id === null ? 'contacts.new' : 'contacts.edit');
    const list = `/clients/${client.id}/contacts`;
    const model = {
      title,
      frame: clientFrame(page, client, 'overview', {
        heading: title,
        trail: [{ href: list, label: page.t('contacts.title') }],
      }),
      list,
      action: id === null ? list : `${list}/${id}/edit`,
      leave: id === null ? null : `${list}/${id}/leave`,
      ...contactForm(page, refused),
    };
    return page.show('contacts/form', model, { status });
  }
}
