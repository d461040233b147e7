import { Module } from '@nestjs/common';
import { ArchiveClearing } from './archive-clearing.service.js';
import { Approvals } from './approvals.service.js';
import { EnrolmentMigrations } from './enrolment-migrations.service.js';
import { ReaderPreviews } from './reader-previews.queries.js';
import { SequenceActsController } from './sequence-acts.controller.js';
import { SequenceCourse } from './sequence-course.service.js';
import { SequenceDiary } from './sequence-diary.service.js';
import { SequenceResults } from './sequence-results.queries.js';
import { SequenceStories } from './sequence-story.queries.js';
import { SequenceTestsController } from './sequence-tests.controller.js';
import { SequenceTests } from './sequence-tests.service.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { OutreachModule } from '../outreach/outreach.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { EnrolmentCare } from './enrolment-care.service.js';
import { EnrolmentEnds } from './enrolment-ends.service.js';
import { EnrolmentGate } from './enrolment-gate.service.js';
import { EnrolmentPlanner } from './enrolment-planner.service.js';
import { EnrolmentLines } from './enrolment-lines.queries.js';
import { EnrolmentsController } from './enrolments.controller.js';
import { Enrolments } from './enrolments.service.js';
import { EnrolmentsMerge } from './enrolments-merge.service.js';
import { PanelFacts } from './panel-facts.queries.js';
import { PanelQueries } from './panel.queries.js';
import { Previews } from './previews.queries.js';
import { SequencesController } from './sequences.controller.js';
import { SequencesQueries } from './sequences.queries.js';
import { Sequences } from './sequences.service.js';
import { StepOutcomes } from './step-outcomes.service.js';
import { StepUndo } from './step-undo.service.js';
import { TaskQueries } from './tasks.queries.js';
import { TodayQueries } from './today.queries.js';
import { VersionHolds } from './version-holds.service.js';

const acts = [
  Sequences,
  Approvals,
  SequenceCourse,
  SequenceTests,
  EnrolmentMigrations,
  Enrolments,
  EnrolmentCare,
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
    SequenceDiary,
    EnrolmentEnds,
    EnrolmentGate,
    EnrolmentPlanner,
    VersionHolds,
  ],
  exports: [...acts, ...reads, EnrolmentEnds, EnrolmentPlanner],
})
export class SequencesModule {}
