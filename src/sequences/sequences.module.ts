import { Module } from '@nestjs/common';
import { ArchiveClearing } from './archive-clearing.service.js';
import { Approvals } from './approval/approvals.service.js';
import { EnrolmentMigrations } from './enrolments/enrolment-migrations.service.js';
import { ReaderPreviews } from './writing/reader-previews.queries.js';
import { SequenceActsController } from './sequence-acts.controller.js';
import { SequenceCourse } from './sequence-course.service.js';
import { SequenceDiary } from './sequence-diary.service.js';
import { SequenceResults } from './sequence-results.queries.js';
import { SequenceStories } from './sequence-story.queries.js';
import { SequenceTestsController } from './test-segment/sequence-tests.controller.js';
import { SequenceTests } from './test-segment/sequence-tests.service.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { OutreachModule } from '../outreach/outreach.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { BulkEnrolment } from './enrolments/bulk-enrolment.service.js';
import { ClosedChannels } from './enrolments/closed-channels.service.js';
import { EnrolmentCare } from './enrolments/enrolment-care.service.js';
import { EnrolmentEnds } from './enrolments/enrolment-ends.service.js';
import { EnrolmentEntry } from './enrolments/enrolment-entry.service.js';
import { EnrolmentGate } from './enrolments/enrolment-gate.service.js';
import { EnrolmentPlanner } from './enrolments/enrolment-planner.service.js';
import { EnrolmentLines } from './enrolments/enrolment-lines.queries.js';
import { EnrolmentsController } from './enrolments/enrolments.controller.js';
import { EnrolmentWithdrawal } from './enrolments/enrolment-withdrawal.service.js';
import { Enrolments } from './enrolments/enrolments.service.js';
import { EnrolmentsMerge } from './enrolments/enrolments-merge.service.js';
import { OpenSequences } from './enrolments/open-sequences.queries.js';
import { PanelFacts } from './today/panel-facts.queries.js';
import { PanelQueries } from './today/panel.queries.js';
import { Previews } from './writing/previews.queries.js';
import { SequencesController } from './sequences.controller.js';
import { SequencesQueries } from './sequences.queries.js';
import { Sequences } from './sequences.service.js';
import { StepOutcomes } from './steps/step-outcomes.service.js';
import { StepUndo } from './steps/step-undo.service.js';
import { TaskQueries } from './steps/tasks.queries.js';
import { TodayQueries } from './today/today.queries.js';
import { VersionHolds } from './approval/version-holds.service.js';

const acts = [
  Sequences,
  Approvals,
  SequenceCourse,
  SequenceTests,
  EnrolmentMigrations,
  Enrolments,
  EnrolmentCare,
  EnrolmentWithdrawal,
  StepOutcomes,
  StepUndo,
  ArchiveClearing,
];
const reads = [
  ReaderPreviews,
  SequenceResults,
  SequenceStories,
  SequencesQueries,
  EnrolmentLines,
  OpenSequences,
  PanelFacts,
  PanelQueries,
  Previews,
  TaskQueries,
  TodayQueries,
];

@Module({
  imports: [AccountsModule, ProspectsModule, OutreachModule],
  controllers: [SequenceActsController, SequenceTestsController, SequencesController, EnrolmentsController],
  providers: [
    ...acts,
    ...reads,
    EnrolmentsMerge,
    BulkEnrolment,
    ClosedChannels,
    EnrolmentEntry,
    SequenceDiary,
    EnrolmentEnds,
    EnrolmentGate,
    EnrolmentPlanner,
    VersionHolds,
  ],
  exports: [...acts, ...reads, EnrolmentEnds, EnrolmentPlanner],
})
export class SequencesModule {}
