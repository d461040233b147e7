import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Ownership } from '../../prospects/ownership/ownership.service.js';
import { ProspectNotes } from '../../prospects/notes/prospect-notes.service.js';
import { NoteInput, OwnerInput, ProspectEdit } from '../../prospects/prospect.dto.js';
import { inputOf, Prospects } from '../../prospects/prospects.service.js';
import { StatusChange } from '../../prospects/status/status.dto.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { LiftInput } from '../../prospects/suppression/suppression.dto.js';
import { SuppressionList } from '../../prospects/suppression/suppression-list.service.js';
import { Conflict, IllegalMove } from '../../shared/errors.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { FORM_FIELDS } from './prospect-form.view.js';
import { ProspectScreen } from './prospect-screen.service.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** A prospect's own page. */
@AllowAgency()
@Controller('prospects/:id')
export class ProspectPages {
  constructor(
    private readonly screen: ProspectScreen,
    private readonly prospects: Prospects,
    private readonly statuses: Statuses,
    private readonly notes: ProspectNotes,
    private readonly ownership: Ownership,
  ) {}

  @Get()
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.screen.draw(actor, page, id, NOTHING_REFUSED);
  }

  @Post('status')
  change(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      StatusChange,
      form,
      async (input) => {
        const { status, factId } = await this.statuses.change(actor, id, input).catch(withNames(page));
        const undo = factId === null ? {} : { undo: `/prospects/${id}/undo` };
        const params = { status: page.t(`prospects.status.${status}`) };
        return page.redirect(`/prospects/${id}`, { key: 'prospects.flash.moved', params, ...undo });
      },
      (refused, status) => this.screen.draw(actor, page, id, refused, status),
    );
  }

  @Post('undo')
  async undo(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const { status } = await this.statuses.undo(actor, id);
    const params = { status: page.t(`prospects.status.${status}`) };
    return page.redirect(`/prospects/${id}`, { key: 'prospects.flash.undone', params });
  }

  @Post('note')
  note(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      NoteInput,
      { note: form['note'] },
      async ({ note }) => {
        await this.notes.add(actor, id, note);
        return page.redirect(`/prospects/${id}`, { key: 'prospects.flash.noted' });
      },
      (refused, status) => this.screen.draw(actor, page, id, refused, status),
    );
  }

  @Post('owner')
  owner(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      OwnerInput,
      form,
      async ({ ownerId }) => {
        const { clientId } = await this.screen.find(actor, id);
        const changed = await this.ownership.assign(actor, clientId, [id], ownerId ?? null);
        const key = changed === 0 ? 'prospects.flash.notAssigned' : 'prospects.flash.assigned';
        return page.redirect(`/prospects/${id}`, { key });
      },
      (refused, status) => this.screen.draw(actor, page, id, refused, status),
    );
  }

  @Get('edit')
  async editForm(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const prospect = await this.screen.find(actor, id);
    const values = { ...inputOf(prospect), version: prospect.version };
    return this.screen.drawForm(page, prospect, { ...NOTHING_REFUSED, values });
  }

  @Post('edit')
  async edit(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const prospect = await this.screen.find(actor, id);
    return page.submit(
      ProspectEdit,
      form,
      async (input) => {
        const blanks = Object.fromEntries(
          FORM_FIELDS.filter((name) => name in form).map((name) => [name, null]),
        );
        const { fullName } = await this.prospects.edit(actor, id, Object.assign(blanks, input));
        return page.redirect(`/prospects/${id}`, {
          key: 'prospects.flash.saved',
          params: { name: fullName },
        });
      },
      (refused, status) => this.screen.drawForm(page, prospect, refused, status),
    );
  }
}

/** The opposition of one person, lifted from their page. */
@Allow('admin', 'manager')
@Controller('prospects/:id')
export class OppositionPages {
  constructor(
    private readonly screen: ProspectScreen,
    private readonly suppressions: SuppressionList,
  ) {}

  @Post('lift')
  async lift(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    await this.screen.find(actor, id);
    return page.submit(
      LiftInput,
      form,
      async ({ reason }) => {
        await this.suppressions.liftPerson(actor, id, reason);
        return page.redirect(`/prospects/${id}`, { key: 'prospects.flash.lifted' });
      },
      (refused, status) => this.screen.draw(actor, page, id, refused, status),
    );
  }
}

/** The legal moves by the names on the buttons. */
function withNames(page: Page): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof IllegalMove) || error.legal.length === 0) throw error;
    const legal = error.legal.map((status) => page.t(`prospects.status.${status}`)).join(', ');
    throw new Conflict('prospects.illegalMove', { legal });
  };
}
