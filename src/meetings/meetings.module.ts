import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { BookingQueries } from './booking.queries.js';
import { Booking } from './booking.service.js';
import { Deadlines } from './deadlines.service.js';
import { Invitations } from './invitations.queries.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { MeetingFacts } from './meeting-facts.service.js';
import { MeetingQueries } from './meeting.queries.js';
import { MeetingOutcomesController, MeetingsController } from './meetings.controller.js';
import { MeetingsMerge } from './meetings-merge.service.js';
import { Outcomes } from './outcomes.service.js';
import { Qualification } from './qualification.service.js';
import { Rescheduling } from './rescheduling.service.js';
import { TimeDoubts } from './time-doubts.queries.js';

/** Meetings from the slot to the client's word on them. */
@Module({
  imports: [AccountsModule, ProspectsModule],
  controllers: [MeetingsController, MeetingOutcomesController],
  providers: [
    Booking,
    BookingQueries,
    Deadlines,
    Invitations,
    MeetingChanges,
    MeetingFacts,
    MeetingQueries,
    MeetingsMerge,
    Outcomes,
    Qualification,
    Rescheduling,
    TimeDoubts,
  ],
  exports: [
    Booking,
    BookingQueries,
    Deadlines,
    Invitations,
    MeetingQueries,
    Outcomes,
    Qualification,
    Rescheduling,
  ],
})
export class MeetingsModule {}
