import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { CancelMeeting, ClaimMeeting, HoldMeeting, MarkNoShow } from '../../meetings/meeting.dto.js';
import { Outcomes } from '../../meetings/outcomes.service.js';
import { Qualification } from '../../meetings/qualification.service.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { meetingPageModel } from './meeting-page.view.js';
import { MeetingStories } from './meeting-story.queries.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';

/** The buttons of a meeting's page: each acts, says so, and goes back to the page. */
@AllowAgency()
@Controller('meetings/:id')
export class MeetingOutcomePages {
  constructor(
    private readonly stories: MeetingStories,
    private readonly outcomes: Outcomes,
    private readonly qualification: Qualification,
  ) {}

  @Post('hold')
  hold(@CurrentActor() actor: Actor, @CurrentPage() page: Page, @Param('id') id: string, @Body() form: Form) {
    return this.act(page, actor, id, { type: HoldMeeting, form, done: 'held' }, (input) =>
      this.outcomes.hold(actor, id, input),
    );
  }

  @Post('no-show')
  noShow(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ) {
    return this.act(page, actor, id, { type: MarkNoShow, form, done: 'missed' }, (input) =>
      this.outcomes.markNoShow(actor, id, input),
    );
  }

  @Post('cancel')
  cancel(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ) {
    return this.act(page, actor, id, { type: CancelMeeting, form, done: 'cancelled' }, (input) =>
      this.outcomes.cancel(actor, id, input),
    );
  }

  @Post('claim')
  claim(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ) {
    return this.act(page, actor, id, { type: ClaimMeeting, form, done: 'claimed' }, (input) =>
      this.qualification.claim(actor, id, input),
    );
  }

  private async act<T extends object>(
    page: Page,
    actor: Actor,
    id: string,
    { type, form, done }: { type: new () => T; form: Form; done: string },
    act: (input: T) => Promise<unknown>,
  ): Promise<PageResponse> {
    if (!isId(id)) throw new NotFound();
    return page.submit(
      type,
      form,
      async (input) => {
        await act(input);
        return page.redirect(`/meetings/${id}`, { key: `meetings.done.${done}` });
      },
      async (refused, status) => {
        const story = await this.stories.of(actor, id);
        return page.show('meetings/show', meetingPageModel(page, story, refused), { status });
      },
    );
  }
}
