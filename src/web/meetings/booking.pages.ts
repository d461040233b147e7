import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { Clock } from '../../clock/clock.service.js';
import { BookingQueries } from '../../meetings/booking.queries.js';
import { Booking } from '../../meetings/booking.service.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { correctionDays } from '../../meetings/meeting-moves.js';
import { hasPassed } from '../../meetings/time-doubts.js';
import { dayOf } from '../../shared/period.js';
import { atTheDay, slotFields, startsAtOf } from './booking.view.js';
import { whenLabel, zoneLabel } from './meeting-words.view.js';
import { BookingForm } from './meetings-page.dto.js';
import { NOTHING_REFUSED } from '../form-field.view.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Form, Page, Refused } from '../rendering/page.js';
import type { PageResponse } from '../rendering/page-response.js';
import { doubtfulTime, type DoubtfulTime } from './time-doubts.view.js';
import { wayBackTo } from './way-back.js';

/** Booking a prospect, from the prospect's page or panel. */
@AllowAgency()
@Controller('prospects/:id/meetings')
export class BookingPages {
  constructor(
    private readonly queries: BookingQueries,
    private readonly booking: Booking,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  form(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Query() { from }: Form,
  ): Promise<PageResponse> {
    return this.draw(actor, page, id, { ...NOTHING_REFUSED, values: { from } });
  }

  @Post()
  async book(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Body() form: Form,
  ): Promise<PageResponse> {
    if (!isId(id)) throw new NotFound();
    const ground = await this.queries.ground(actor, id);
    return page.submit(
      BookingForm,
      form,
      async ({ day, time, hostId, durationMinutes, place, from, confirmed }) => {
        const startsAt = startsAtOf({ day, time }, ground.timeZone);
        const now = this.clock.now();
        const doubtful = doubtfulTime(page, ground, { startsAt, confirmed }, now);
        if (doubtful) return this.draw(actor, page, id, { ...NOTHING_REFUSED, values: form }, 409, doubtful);
        // Asked about above, and meant.
        const hasTakenPlace = hasPassed(new Date(startsAt), now);
        const meeting = await this.booking.book(actor, id, {
          ...{ startsAt, hostId, hasTakenPlace },
          ...(durationMinutes === undefined ? {} : { durationMinutes }),
          ...(place === undefined ? {} : { place }),
        });
        const back = wayBackTo(from);
        return page.redirect(`/meetings/${meeting.id}${back?.query ?? ''}`, {
          key: hasTakenPlace ? 'meetings.recorded' : 'meetings.booked',
        });
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
    if (!isId(id)) throw new NotFound();
    const ground = await this.queries.ground(actor, id);
    const now = this.clock.now();
    const open = ground.openMeeting;
    const model = {
      title: page.t('meetings.book.title'),
      ground,
      back: wayBackTo(refused.values['from']),
      guestSub: [ground.prospectTitle, ground.companyName].filter(Boolean).join(' · '),
      timeHint: page.t('meetings.book.timeHint', { zone: zoneLabel(page, now, ground.timeZone) }),
      earliest: dayOf(new Date(now.getTime() - correctionDays * 86_400_000), ground.timeZone),
      doubtful,
      open:
        open === null
          ? null
          : { id: open.id, text: openText(page, ground.prospectName, whenLabel(page, open)) },
      ...slotFields(page, ground.hosts, refused.values),
      ...refused,
    };
    return page.show('meetings/book', model, { status });
  }
}

function openText(page: Page, name: string, when: string): string {
  return page.t('meetings.book.open.text', { name, when });
}
