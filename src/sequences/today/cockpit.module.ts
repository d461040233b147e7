import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { AnswerTemplates } from '../../outreach/outgoing/answer-templates.service.js';
import { DailyPace } from '../../outreach/touches/daily-pace.service.js';
import { InboxQueries } from '../../outreach/incoming/inbox.queries.js';
import { Leases } from '../../outreach/leases.service.js';
import { NoteDrafts } from '../../prospects/notes/note-drafts.service.js';
import { OutreachModule } from '../../outreach/outreach.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { AnswerTexts } from '../replies/answer-texts.queries.js';
import { Referrals } from '../replies/referrals.service.js';
import { ColleagueReleases } from '../enrolments/colleague-releases.service.js';
import { ColleaguesController } from '../enrolments/colleagues.controller.js';
import { ReleaseUndo } from '../enrolments/release-undo.service.js';
import { ReplyMoves } from '../replies/reply-moves.service.js';
import { EngineModule } from '../engine/engine.module.js';
import { SequencesModule } from '../sequences.module.js';
import { RepliesController } from '../replies/replies.controller.js';
import { TaskSkips } from '../steps/task-skips.service.js';
import { Triage } from '../replies/triage.service.js';
import { UnmatchedMails } from '../replies/unmatched-mails.service.js';

const OFFERED = [
  ...[AnswerTemplates, DailyPace, InboxQueries, Leases, NoteDrafts],
  ...[AnswerTexts, ColleagueReleases, TaskSkips, Triage, UnmatchedMails],
];

/** What the SDR's day needs besides sequences: answers, leases, drafts. */
@Module({
  imports: [AccountsModule, EngineModule, OutreachModule, ProspectsModule, SequencesModule],
  controllers: [ColleaguesController, RepliesController],
  providers: [...OFFERED, Referrals, ReleaseUndo, ReplyMoves],
  exports: OFFERED,
})
export class CockpitModule {}
