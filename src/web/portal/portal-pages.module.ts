import { Module } from '@nestjs/common';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { CostModule } from '../../reporting/cost/cost.module.js';
import { ReportingModule } from '../../reporting/reporting.module.js';
import { MeetingStories } from '../meetings/meeting-story.queries.js';
import { SequencesModule } from '../../sequences/sequences.module.js';
import { ApprovalForms } from '../sequences/approval-forms.service.js';
import { PortalMessagesPages } from './portal-messages.pages.js';
import { PortalMeetingPages } from './portal-meeting.pages.js';
import { PortalPages } from './portal.pages.js';
import { PortalQueries } from './portal.queries.js';

@Module({
  imports: [MeetingsModule, CostModule, ReportingModule, SequencesModule],
  controllers: [PortalPages, PortalMessagesPages, PortalMeetingPages],
  providers: [ApprovalForms, PortalQueries, MeetingStories],
})
export class PortalPagesModule {}
