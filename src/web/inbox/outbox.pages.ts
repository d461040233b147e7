import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Config } from '../../config/config.js';
import { MailConfirmation } from '../../sequences/engine/outbox.dto.js';
import { Outbox } from '../../sequences/engine/outbox.queries.js';
import { type OutboxShelf, outboxShelves } from '../../sequences/engine/outbox-shelf.js';
import { UncertainMails } from '../../sequences/engine/uncertain-mails.service.js';
import { WhyWaitings } from '../../sequences/engine/why-waiting.queries.js';
import { clientFrame } from '../clients/client-frame.view.js';
import { shelvesView, waitingRow, writtenRow } from './outbox.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** The mail of a client on screen: without a mailbox what would go, with one what went, waits, or may have gone. */
@AllowAgency()
@Controller()
export class OutboxPages {
  constructor(
    private readonly outbox: Outbox,
    private readonly whys: WhyWaitings,
    private readonly uncertain: UncertainMails,
    private readonly clients: ClientQueries,
    private readonly config: Config,
  ) {}

  @Get('clients/:clientId/outbox')
  async list(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('clientId') clientId: string,
    @Query() query: { shelf?: string; cursor?: string },
  ): Promise<PageResponse> {
    const client = await this.clients.get(actor, clientId);
    const counts = await this.outbox.counts(actor, clientId);
    const asked = outboxShelves.find((known) => known === query.shelf);
    const shelf = asked ?? (counts.uncertain > 0 ? 'uncertain' : 'waiting');
    const { rows, nextCursor } = await this.rowsOf(actor, page, client, shelf, query.cursor);
    const base = `/clients/${clientId}/outbox`;
    const isCut = shelf === 'waiting' && rows.length < counts.waiting;
    return page.show('outbox/index', {
      title: `${page.t('outbox.title')} · ${client.name}`,
      frame: clientFrame(page, client, 'sequences', {
        heading: page.t('outbox.title'),
        lede: page.t(this.config.mail === 'outbox' ? 'outbox.ledeOnScreen' : 'outbox.lede'),
        trail: [{ href: `/clients/${clientId}/sequences`, label: page.t('sequences.title') }],
      }),
      shelves: shelvesView(page, base, counts, shelf),
      rows,
      emptyText: page.t(`outbox.empty.${shelf}`),
      first: isCut ? page.t('outbox.first', { n: rows.length }) : null,
      isUncertain: shelf === 'uncertain',
      nextHref: nextCursor && `${base}?shelf=${shelf}&cursor=${nextCursor}`,
    });
  }

  @Post('outgoing-mails/:id/confirm')
  confirm(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      MailConfirmation,
      form,
      async ({ wasSent }) => {
        const { clientId, toAddress } = await this.uncertain.confirm(actor, id, wasSent);
        return page.redirect(`/clients/${clientId}/outbox?shelf=uncertain`, {
          key: wasSent ? 'outbox.confirmed' : 'outbox.goesAgain',
          params: { address: toAddress },
        });
      },
      (refused) =>
        page.show(
          'outbox/refused',
          { title: page.t('outbox.title'), text: refused.problem },
          { status: 409 },
        ),
    );
  }

  private async rowsOf(
    actor: Actor,
    page: Page,
    client: Client,
    shelf: OutboxShelf,
    cursor: string | undefined,
  ): Promise<{ rows: object[]; nextCursor: string | null }> {
    if (shelf !== 'waiting') {
      const { items, nextCursor } = await this.outbox.written(actor, client.id, { shelf, cursor });
      return { rows: items.map((mail) => writtenRow(page, mail, client)), nextCursor };
    }
    const mails = await this.outbox.waiting(actor, client.id);
    const whys = await this.whys.of(
      actor,
      client.id,
      mails.map(({ enrolmentId }) => enrolmentId),
    );
    const rows = mails.map((mail) => waitingRow(page, mail, whys.get(mail.enrolmentId), client));
    return { rows, nextCursor: null };
  }
}
