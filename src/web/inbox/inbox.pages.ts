import { Body, Controller, Get, Header, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Clock } from '../../clock/clock.service.js';
import { InboxQueries } from '../../outreach/incoming/inbox.queries.js';
import { MailThreads } from '../../outreach/incoming/mail-threads.queries.js';
import { SearchQuery } from '../../prospects/search/prospect-list.dto.js';
import { MailOwnerInput } from '../../sequences/replies/triage.dto.js';
import { UnmatchedMails } from '../../sequences/replies/unmatched-mails.service.js';
import { foldText } from '../../shared/folded-text.js';
import { inboxView, mailPage, sandboxed } from './inbox.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Mails that wait for a person: answers to be understood, and those nobody knows the sender of. */
@AllowAgency()
@Controller('inbox')
export class InboxPages {
  constructor(
    private readonly inbox: InboxQueries,
    private readonly threads: MailThreads,
    private readonly unmatched: UnmatchedMails,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const waiting = await this.inbox.list(actor);
    return page.show('inbox/index', {
      title: page.t('inbox.title'),
      ...inboxView(page, waiting, this.clock.now()),
    });
  }

  /** The number beside the inbox in the margin: nothing when nothing waits. */
  @Get('count')
  async count(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const size = await this.inbox.size(actor);
    return page.fragment('inbox/count', { count: size === 0 ? null : page.format.number(size), size });
  }

  /** One mail nobody knows the sender of, with the prospects it might be from. */
  @Get(':id')
  async show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() { q: asked }: SearchQuery,
  ): Promise<PageResponse> {
    const mail = await this.inbox.one(actor, id);
    if (mail.prospectId !== null) return page.redirect(`/today?item=${mail.prospectId}&of=team`);
    const q = (asked ?? mail.fromName ?? mail.fromAddress.split('@')[0] ?? '').slice(0, 100);
    const found = q.trim() === '' ? [] : await this.inbox.candidates(mail.clientId, foldText(q));
    return page.show('inbox/mail', mailPage(page, mail, { q, found, now: this.clock.now() }));
  }

  /** The mail's own HTML, sanitised, in a frame that may do nothing and load nothing. */
  @Get(':id/html')
  @Header('content-type', 'text/html; charset=utf-8')
  async html(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const html = await this.threads.htmlOf(actor, id);
    reply.header('content-security-policy', FRAME_POLICY).header('x-frame-options', 'SAMEORIGIN');
    return sandboxed(html);
  }

  @Post(':id/owner')
  link(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return page.submit(
      MailOwnerInput,
      form,
      async ({ prospectId }) => {
        await this.unmatched.link(actor, id, prospectId);
        return page.redirect(`/today?item=${prospectId}&of=team`, { key: 'inbox.linked' });
      },
      () => page.redirect(`/inbox/${id}`),
    );
  }

  @Post(':id/discard')
  async discard(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.unmatched.discard(actor, id);
    return page.redirect('/inbox', { key: 'inbox.discarded', undo: `/inbox/${id}/restore` });
  }

  @Post(':id/restore')
  async restore(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    await this.unmatched.restore(actor, id);
    return page.redirect(`/inbox/${id}`);
  }
}

/** No script, no form, nothing from elsewhere; shown in our own pages only. */
const FRAME_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
