import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Previews } from '../../sequences/writing/previews.queries.js';
import { SequenceStories } from '../../sequences/sequence-story.queries.js';
import { sealOfVersion } from '../../sequences/approval/text-seal.js';
import { ApprovalForms, type ReadingPlace } from './approval-forms.service.js';
import { historyView, readersView, readingView, refusedView, seenText } from './approval.view.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { SequenceScreen } from './sequence-screen.service.js';

/** The agency's side of an approval: what the client says, the answers to it, and the history. */
@AllowAgency()
@Controller('sequences/:id')
export class SequenceApprovalPages {
  constructor(
    private readonly forms: ApprovalForms,
    private readonly stories: SequenceStories,
    private readonly previews: Previews,
    private readonly screen: SequenceScreen,
  ) {}

  @Get('approval')
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query('prospect') prospectId?: string,
  ): Promise<PageResponse> {
    return this.draw(page, actor, id, { prospectId });
  }

  /** On the client's behalf, saying how their word was had. */
  @Allow('admin', 'manager')
  @Post('approve')
  approve(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.forms.approve(actor, page, form, this.place(page, actor, id));
  }

  @Allow('admin', 'manager')
  @Post('refuse')
  refuse(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    return this.forms.refuse(actor, page, form, this.place(page, actor, id));
  }

  @Post('comments')
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
      id,
      home: `/sequences/${id}`,
      approved: 'governance.moved.approve',
      refused: 'governance.moved.refuse',
      remarks: `/sequences/${id}/approval`,
      redraw: (refused, status) => this.draw(page, actor, id, { refused, status }),
    };
  }

  private async draw(
    page: Page,
    actor: Actor,
    id: string,
    wish: { prospectId?: string | undefined; refused?: Refused; status?: number },
  ): Promise<PageResponse> {
    const ground = await this.screen.ground(page, actor, id, 'approval');
    const { sequence, version, client, head } = ground;
    const { steps, prospectId } = await this.screen.letters(page, actor, ground, wish.prospectId);
    const samples = await this.previews.samples(actor, client.id);
    const zone = client.timeZone;
    const canAnswer = version.state === 'submitted' && page.frame.isManager;
    const { refused = NOTHING_REFUSED } = wish;
    const reading = readingView(page, {
      steps: version.steps,
      letters: steps ?? [],
      comments: await this.stories.comments(actor, id),
      version: version.version,
      zone,
      refused,
      canAnswer,
    });
    const model = {
      title: `${page.t('governance.tabs.approval')} · ${sequence.name}`,
      head,
      base: `/sequences/${id}`,
      ...seenText(refused, { version: version.version, textSeal: sealOfVersion(ground) }),
      state: version.state,
      standing: page.t(`governance.standing.${version.state}`, {
        version: version.version,
        client: client.name,
        date: version.submittedAt ? page.format.date(version.submittedAt, zone) : '',
      }),
      seal: version.state === 'approved' ? version.approvedSeal?.slice(0, 12) : null,
      canAnswer,
      canComment: sequence.state !== 'archived' && client.switchedOffAt === null,
      readers: readersView(page, samples, prospectId, `/sequences/${id}/approval`),
      reading,
      history: historyView(page, await this.stories.events(actor, id), zone),
      refused: refusedView(refused),
    };
    return page.show('sequences/approval', model, wish.status === undefined ? {} : { status: wish.status });
  }
}
