import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AnswerTemplates } from '../outreach/answer-templates.service.js';
import { DailyPace } from '../outreach/daily-pace.service.js';
import { InboxQueries } from '../outreach/inbox.queries.js';
import { Leases } from '../outreach/leases.service.js';
import { MailThreads } from '../outreach/mail-threads.queries.js';
import { NoteDrafts } from '../prospects/note-drafts.service.js';
import { OutreachModule } from '../outreach/outreach.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { AnswerTexts } from './answer-texts.queries.js';
import { Referrals } from './referrals.service.js';
import { ReplyMoves } from './reply-moves.service.js';
import { EngineModule } from './engine.module.js';
import { SequencesModule } from './sequences.module.js';
import { RepliesController } from './replies.controller.js';
import { TaskSkips } from './task-skips.service.js';
import { Triage } from './triage.service.js';
import { UnmatchedMails } from './unmatched-mails.service.js';

const OFFERED = [
  ...[AnswerTemplates, DailyPace, InboxQueries, Leases, MailThreads, NoteDrafts],
  ...[AnswerTexts, TaskSkips, Triage, UnmatchedMails],
];

/** What the SDR's day needs besides sequences: answers, leases, drafts. */
@Module({
  imports: [AccountsModule, EngineModule, OutreachModule, ProspectsModule, SequencesModule],
  controllers: [RepliesController],
  providers: [...OFFERED, Referrals, ReplyMoves],
  exports: OFFERED,
})
export class CockpitModule {}
