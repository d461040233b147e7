import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, AllowAll, CurrentActor } from '../../accounts/allow.decorator.js';
import { BookingQueries } from '../../meetings/booking.queries.js';
import { calendarHeaders, Invitations } from '../../meetings/invitations.queries.js';
import { Rescheduling } from '../../meetings/rescheduling.service.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { atTheDay, startsAtOf } from './booking.view.js';
import { MeetingStories } from './meeting-story.queries.js';
import { meetingPageModel } from './meeting-page.view.js';
import { RescheduleForm } from './meetings-page.dto.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import { PageResponse } from '../rendering/page-response.js';
import { doubtfulTime, type DoubtfulTime } from './time-doubts.view.js';
import { wayBackTo } from './way-back.js';

/** One meeting, as the agency works with it. */
@Controller('meetings/:id')
export class MeetingPages {
  constructor(
    private readonly stories: MeetingStories,
    private readonly rescheduling: Rescheduling,
    private readonly booking: BookingQueries,
    private readonly invitations: Invitations,
  ) {}

  @AllowAgency()
  @Get()
  show(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() { from }: Form,
  ): Promise<PageResponse> {
    return this.draw(actor, page, id, { ...NOTHING_REFUSED, values: { from } });
  }

  @AllowAll()
  @Get('invitation.ics')
  async invitation(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<PageResponse> {
    if (!isId(id)) throw new NotFound();
    return new PageResponse(200, calendarHeaders, await this.invitations.text(actor, id));
  }

  @AllowAgency()
  @Post('reschedule')
  async reschedule(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    const { meeting, now } = await this.stories.of(actor, id);
    const guest = await this.booking.ground(actor, meeting.prospectId);
    return page.submit(
      RescheduleForm,
      form,
      async ({ day, time, confirmed, ...change }) => {
        const startsAt = startsAtOf({ day, time }, meeting.timeZone);
        const doubtful = doubtfulTime(page, guest, { startsAt, confirmed }, now);
        // A date that has passed is no new date: that is refused, not asked.
        if (doubtful && !doubtful.isPast)
          return this.draw(actor, page, id, { ...NOTHING_REFUSED, values: form }, 409, doubtful);
        await this.rescheduling.reschedule(actor, id, { ...change, startsAt });
        return page.redirect(`/meetings/${id}`, { key: 'meetings.done.rescheduled' });
      },
      (refused, status) => this.draw(actor, page, id, atTheDay(refused), status),
    );
  }

  private async draw(
    actor: Actor,
    page: Page,
    id: string,
    refused: Refused,
    status = 200,
    doubtful: DoubtfulTime | null = null,
  ): Promise<PageResponse> {
    const story = await this.stories.of(actor, id);
    const back = wayBackTo(refused.values['from']);
    const model = { ...meetingPageModel(page, story, refused), back, doubtful };
    return page.show('meetings/show', model, { status });
  }
}
