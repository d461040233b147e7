import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Clock } from '../clock/clock.service.js';
import { BookingQueries } from './booking.queries.js';
import type { MeetingRow } from './meeting-row.js';
import { doubtsAbout, doubtText, type TimeDoubt } from './time-doubts.js';

/** A doubt as the API tells it. */
export interface ToldDoubt {
  code: TimeDoubt;
  /** In English, as the messages of errors are; the guest's own time is in it. */
  message: string;
}

/** A program is not asked, as the pages ask: what is doubtful about the time it has just fixed stands beside the meeting. */
@Injectable()
export class TimeDoubts {
  constructor(
    private readonly booking: BookingQueries,
    private readonly clock: Clock,
  ) {}

  /** Nothing of a meeting that took place: its program said so. @throws NotFound when the prospect is out of sight */
  async of(actor: Actor, { prospectId, startsAt }: MeetingRow): Promise<ToldDoubt[]> {
    const { guestZone, guestCountry } = await this.booking.ground(actor, prospectId);
    const guest = { zone: guestZone, country: guestCountry };
    return doubtsAbout(startsAt, this.clock.now(), guest)
      .filter((code) => code !== 'past')
      .map((code) => ({ code, message: doubtText(code, startsAt, guest) }));
  }
}
