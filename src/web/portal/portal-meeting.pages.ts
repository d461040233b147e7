import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Allow, CurrentActor } from '../../accounts/allow.decorator.js';
import { AcceptMeeting, ContestMeeting } from '../../meetings/meeting.dto.js';
import { Qualification } from '../../meetings/qualification.service.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { decisionModel } from '../meetings/meeting-page.view.js';
import { MeetingStories } from '../meetings/meeting-story.queries.js';
import { historyLines } from '../meetings/meeting-words.view.js';
import { portalClaim, portalMeeting } from './portal.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** One meeting as its client sees it, and the two things the client may say of it. */
@Allow('client')
@Controller('portal/meetings/:id')
export class PortalMeetingPages {
  constructor(
    private readonly stories: MeetingStories,
    private readonly qualification: Qualification,
  ) {}

  @Get()
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
  ): Promise<PageResponse> {
    return this.draw(actor, page, id, null);
  }

  @Post('accept')
  async accept(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    if (!isId(id)) throw new NotFound();
    return page.submit(
      AcceptMeeting,
      form,
      async (input) => {
        await this.qualification.accept(actor, id, input);
        return page.redirect('/portal', { key: 'portal.accepted' });
      },
      (refused, status) => this.draw(actor, page, id, refused, status),
    );
  }

  @Post('contest')
  async contest(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    if (!isId(id)) throw new NotFound();
    return page.submit(
      ContestMeeting,
      form,
      async (input) => {
        await this.qualification.contest(actor, id, input);
        return page.redirect('/portal', { key: 'portal.contested' });
      },
      (refused, status) => this.draw(actor, page, id, refused, status),
    );
  }

  private async draw(
    actor: Actor,
    page: Page,
    id: string,
    refused: Refused | null,
    status = 200,
  ): Promise<PageResponse> {
    const { meeting, history, now } = await this.stories.of(actor, id);
    const model = {
      title: meeting.prospectName,
      meeting: portalMeeting(page, meeting, now),
      isOff: meeting.isClientOff,
      claim: meeting.qualification === 'claimed' ? portalClaim(page, meeting, now, refused) : null,
      canAcceptAfterAll: meeting.qualification === 'contested' && !meeting.isClientOff,
      version: meeting.version,
      decision: meeting.qualification === 'claimed' ? null : decisionModel(page, meeting, now),
      history: historyLines(page, meeting, history),
      problem: refused?.problem ?? '',
    };
    return page.show('portal/meeting', model, { status });
  }
}
