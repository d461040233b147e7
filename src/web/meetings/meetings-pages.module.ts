import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { BookingPages } from './booking.pages.js';
import { MeetingOutcomePages } from './meeting-outcome.pages.js';
import { MeetingStories } from './meeting-story.queries.js';
import { MeetingPages } from './meeting.pages.js';
import { MeetingsPages } from './meetings.pages.js';

@Module({
  imports: [ClientsModule, MeetingsModule],
  controllers: [MeetingsPages, MeetingPages, MeetingOutcomePages, BookingPages],
  providers: [MeetingStories],
})
export class MeetingsPagesModule {}
