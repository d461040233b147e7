import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { ReaderPreviews } from '../../sequences/writing/reader-previews.queries.js';
import { SequenceStories } from '../../sequences/sequence-story.queries.js';
import { sealOfVersion } from '../../sequences/approval/text-seal.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { ApprovalForms, type ReadingPlace } from '../sequences/approval-forms.service.js';
import { readableRow, readersView, readingView, refusedView, seenText } from '../sequences/approval.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { textsOf } from '../sequences/message.view.js';
import { clientLetters } from './portal-messages.view.js';
import { PortalQueries } from './portal.queries.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** Messages as their readers will get them, for the client to remark on, approve or refuse. */
@Allow('client')
@Controller('portal/messages')
export class PortalMessagesPages {
  constructor(
    private readonly portal: PortalQueries,
    private readonly forms: ApprovalForms,
    private readonly stories: SequenceStories,
    private readonly previews: ReaderPreviews,
  ) {}

  /** All they were asked to read, whatever they answered. */
  @Get()
  async list(@CurrentActor() actor: Actor, @CurrentPage() page: Page): Promise<PageResponse> {
    const client = await this.portal.own(actor);
    const lines = await this.stories.readable(actor, client.id);
    return page.show('portal/message-list', {
      title: page.t('governance.portal.all'),
      rows: lines.map((line) => readableRow(page, line, client.timeZone)),
    });
  }

  @Get(':id')
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query('prospect') prospectId?: string,
  ): Promise<PageResponse> {
    return this.draw(page, actor, id, { prospectId });
  }

  @Post(':id/approve')
  approve(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.forms.approve(actor, page, form, this.place(page, actor, id));
  }

  @Post(':id/refuse')
  refuse(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.forms.refuse(actor, page, form, this.place(page, actor, id));
  }

  @Post(':id/comments')
  comment(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.forms.comment(actor, page, form, this.place(page, actor, id));
  }

  private place(page: Page, actor: Actor, id: string): ReadingPlace {
    return {
      id: mustBeId(id),
      home: '/portal',
      approved: 'governance.portal.approved',
      refused: 'governance.portal.refused',
      remarks: `/portal/messages/${id}`,
      redraw: (refused, status) => this.draw(page, actor, id, { refused, status }),
    };
  }

  private async draw(
    page: Page,
    actor: Actor,
    id: string,
    wish: { prospectId?: string | undefined; refused?: Refused; status?: number },
  ): Promise<PageResponse> {
    const client = await this.portal.own(actor);
    const written = await this.stories.forReader(actor, mustBeId(id));
    const { sequence, version } = written;
    const texts = textsOf(version.steps);
    const preview = await this.previews.render(actor, id, texts, wish.prospectId);
    const base = `/portal/messages/${id}`;
    const isWaiting = version.state === 'submitted';
    const canAnswer = isWaiting && !client.isOff;
    const { refused = NOTHING_REFUSED } = wish;
    const reading = readingView(page, {
      steps: version.steps,
      letters: preview ? clientLetters(page, version.steps, preview.messages) : [],
      comments: await this.stories.comments(actor, id),
      version: version.version,
      zone: client.timeZone,
      refused,
      canAnswer,
    });
    const model = {
      title: sequence.name,
      isOff: client.isOff,
      ...seenText(refused, { version: version.version, textSeal: sealOfVersion(written) }),
      lede: page.t(isWaiting ? 'governance.portal.lede' : `governance.portal.${version.state}Lede`),
      canAnswer,
      canComment: !client.isOff && sequence.state !== 'archived',
      base,
      senderName: preview?.senderName ?? '',
      readers: preview && readersView(page, preview.samples, preview.person.id, base),
      hasNobody: preview === null,
      reading,
      notice: version.notice,
      refused: refusedView(refused),
    };
    return page.show('portal/messages', model, wish.status === undefined ? {} : { status: wish.status });
  }
}

function mustBeId(id: string): string {
  if (!isId(id)) throw new NotFound();
  return id;
}
