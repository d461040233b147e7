import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { Clock } from '../../clock/clock.service.js';
import { MailboxChangeInput, MailboxInput, MailboxPauseInput } from '../../outreach/mailboxes/mailbox.dto.js';
import { presetOf } from '../../outreach/mailboxes/mailbox-presets.js';
import { Mailboxes } from '../../outreach/mailboxes/mailboxes.service.js';
import { type ListedMailbox, MailboxQueries } from '../../outreach/mailboxes/mailboxes.queries.js';
import { Conflict, InvalidInput, NotFound } from '../../shared/errors.js';
import { ClientNames } from '../clients/client-names.queries.js';
import { Colleagues } from '../people/colleagues.queries.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import {
  mailboxForm,
  mailboxRow,
  mailboxValues,
  MAILBOXES,
  newMailboxForm,
  presetValues,
} from './mailboxes.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { settingsFrame } from '../settings/settings-frame.view.js';

/** The addresses sequences write from. */
@Allow('admin', 'manager')
@Controller('settings/mailboxes')
export class MailboxPages {
  constructor(
    private readonly queries: MailboxQueries,
    private readonly mailboxes: Mailboxes,
    private readonly clients: ClientNames,
    private readonly colleagues: Colleagues,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const [listed, clients] = await Promise.all([this.queries.list(actor), this.clients.inSight(actor)]);
    const action = { href: `${MAILBOXES}/new`, label: page.t('mailboxes.add') };
    const frame = settingsFrame(page, 'mailboxes', clients.length > 0 ? { action } : {});
    const mailboxes = listed.map((one) => mailboxRow(page, one, this.standing()));
    return page.show('mailboxes/index', {
      title: frame.heading,
      frame,
      mailboxes,
      isOnScreen: !this.mailboxes.isLive,
      hasClients: clients.length > 0,
    });
  }

  @Get('new')
  form(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Query() { preset, client }: { preset?: string; client?: string },
  ): Promise<PageResponse> {
    const chosen = presetOf(typeof preset === 'string' ? preset : 'gmail');
    return this.drawNew(
      actor,
      page,
      chosen.key,
      presetValues(chosen, typeof client === 'string' ? client : undefined),
    );
  }

  @Post()
  add(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Body() form: Form): Promise<PageResponse> {
    const { clientId, preset, ...rest } = form;
    return page.submit(
      MailboxInput,
      rest,
      async (input) => {
        const { id, address, state } = await this.mailboxes.add(actor, wordOf(clientId), input);
        const key = state !== 'active' ? 'addedUntested' : this.mailboxes.isLive ? 'added' : 'addedOnScreen';
        return page.redirect(`${MAILBOXES}/${id}`, { key: `mailboxes.flash.${key}`, params: { address } });
      },
      (refused, status) =>
        this.drawNew(
          actor,
          page,
          wordOf(preset),
          { ...refused, values: { ...refused.values, clientId } },
          status,
        ),
    );
  }

  @Get(':id')
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    const { mailbox } = await this.one(actor, id);
    return this.draw(actor, page, id, { ...NOTHING_REFUSED, values: mailboxValues(mailbox) });
  }

  @Post(':id')
  edit(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      MailboxChangeInput,
      form,
      async (input) => {
        const { address } = await this.mailboxes.edit(
          actor,
          id,
          Object.assign(input, { userId: input.userId ?? null }),
        );
        return page.redirect(`${MAILBOXES}/${id}`, { key: 'mailboxes.flash.saved', params: { address } });
      },
      (refused, status) => this.draw(actor, page, id, refused, status),
    );
  }

  @Post(':id/pause')
  async pause(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() { note }: MailboxPauseInput,
  ): Promise<PageResponse> {
    return this.act(actor, page, id, 'paused', () => this.mailboxes.pause(actor, id, note || null));
  }

  @Post(':id/retire')
  retire(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.act(actor, page, id, 'retired', () => this.mailboxes.retire(actor, id));
  }

  @Post(':id/resume')
  resume(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.act(actor, page, id, 'resumed', () => this.mailboxes.resume(actor, id));
  }

  @Post(':id/test')
  test(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.act(actor, page, id, 'tested', () => this.mailboxes.retest(actor, id));
  }

  /** An act of one button: what fails is said above the settings, at the field that mends it. */
  private async act(
    actor: Actor,
    page: Page,
    id: string,
    done: string,
    deed: () => Promise<{ address: string }>,
  ): Promise<PageResponse> {
    try {
      const { address } = await deed();
      return page.redirect(`${MAILBOXES}/${id}`, { key: `mailboxes.flash.${done}`, params: { address } });
    } catch (error) {
      if (!(error instanceof InvalidInput || error instanceof Conflict)) throw error;
      const { mailbox } = await this.one(actor, id);
      const refused = page.refused(mailboxValues(mailbox), error);
      return this.draw(actor, page, id, refused, error instanceof InvalidInput ? 422 : 409);
    }
  }

  private standing() {
    return { now: this.clock.now(), isLive: this.mailboxes.isLive };
  }

  private async one(actor: Actor, id: string): Promise<ListedMailbox> {
    const { clientId } = await this.queries.get(actor, id);
    const found = (await this.queries.list(actor, clientId)).find(({ mailbox }) => mailbox.id === id);
    if (!found) throw new NotFound();
    return found;
  }

  private async drawNew(
    actor: Actor,
    page: Page,
    preset: string,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const [clients, people] = await Promise.all([
      this.clients.inSight(actor),
      this.colleagues.inAgency(actor),
    ]);
    const title = page.t('mailboxes.new');
    const model = {
      title,
      frame: settingsFrame(page, 'mailboxes', { heading: title, trail: trail(page) }),
      list: MAILBOXES,
      hasClients: clients.length > 0,
      isOnScreen: !this.mailboxes.isLive,
      ...newMailboxForm(page, { preset: presetOf(preset), clients, people, refused }),
    };
    return page.show('mailboxes/new', model, { status });
  }

  private async draw(
    actor: Actor,
    page: Page,
    id: string,
    refused: Refused,
    status = 200,
  ): Promise<PageResponse> {
    const [listed, people] = await Promise.all([this.one(actor, id), this.colleagues.inAgency(actor)]);
    const mailbox = mailboxRow(page, listed, this.standing());
    const model = {
      title: mailbox.address,
      frame: settingsFrame(page, 'mailboxes', { heading: mailbox.address, trail: trail(page) }),
      list: MAILBOXES,
      mailbox,
      isOnScreen: !this.mailboxes.isLive,
      ...mailboxForm(page, people, refused),
    };
    return page.show('mailboxes/show', model, { status });
  }
}

function trail(page: Page): { href: string; label: string }[] {
  return [{ href: MAILBOXES, label: page.t('settings.mailboxes.title') }];
}

/** A field of a form may also come as a list, or not at all. */
const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');
