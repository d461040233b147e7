import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { BookingQueries, type Host } from '../../meetings/booking.queries.js';
import type { MeetingFact, MeetingRow } from '../../meetings/meeting-row.js';
import { MeetingQueries } from '../../meetings/meeting.queries.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';

/** All that the page of one meeting tells. */
export interface MeetingStory {
  meeting: MeetingRow;
  history: readonly MeetingFact[];
  hosts: readonly Host[];
  now: Date;
}

@Injectable()
export class MeetingStories {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly booking: BookingQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async of(actor: Actor, id: string): Promise<MeetingStory> {
    if (!isId(id)) throw new NotFound();
    const meeting = await this.meetings.meeting(actor, id);
    const [history, hosts] = await Promise.all([
      this.meetings.history(actor, meeting),
      this.booking.hosts(meeting.clientId),
    ]);
    return { meeting, history, hosts, now: this.clock.now() };
  }
}
