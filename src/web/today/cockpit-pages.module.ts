import { Module } from '@nestjs/common';
import { OutreachModule } from '../../outreach/outreach.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { CockpitModule } from '../../sequences/today/cockpit.module.js';
import { SequencesModule } from '../../sequences/sequences.module.js';
import { AnswerTemplatePages } from '../mailboxes/answer-templates.pages.js';
import { InboxPages } from '../inbox/inbox.pages.js';
import { NextTasks } from './next-tasks.service.js';
import { OverduePages } from './overdue.pages.js';
import { PacePages } from '../mailboxes/pace.pages.js';
import { PanelMails } from './panel-mails.service.js';
import { ReplyPages } from '../inbox/replies.pages.js';
import { TodayActs } from './today-acts.service.js';
import { TodayColleaguesPages } from './today-colleagues.pages.js';
import { TodayPanel } from './today-panel.service.js';
import { TodayPresencePages } from './today-presence.pages.js';
import { TodayScreen } from './today-screen.service.js';
import { TodayUndoPages } from './today-undo.pages.js';
import { TodayPages } from './today.pages.js';

/** The SDR's whole day: Today and the inbox. */
@Module({
  imports: [CockpitModule, OutreachModule, ProspectsModule, SequencesModule],
  controllers: [
    AnswerTemplatePages,
    InboxPages,
    OverduePages,
    PacePages,
    ReplyPages,
    TodayColleaguesPages,
    TodayPages,
    TodayPresencePages,
    TodayUndoPages,
  ],
  providers: [NextTasks, PanelMails, TodayActs, TodayPanel, TodayScreen],
})
export class CockpitPagesModule {}
