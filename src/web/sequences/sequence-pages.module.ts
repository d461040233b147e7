import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { OutreachModule } from '../../outreach/outreach.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { SequencesModule } from '../../sequences/sequences.module.js';
import { EngineModule } from '../../sequences/engine/engine.module.js';
import { CockpitModule } from '../../sequences/today/cockpit.module.js';
import { ApprovalForms } from './approval-forms.service.js';
import { EnrolmentPages } from './enrolment.pages.js';
import { SequenceApprovalPages } from './sequence-approval.pages.js';
import { EditorScreen } from './sequence-editor-screen.service.js';
import { OutboxPages } from '../inbox/outbox.pages.js';
import { SequenceEditorPages } from './sequence-editor.pages.js';
import { SequenceMoves } from './sequence-moves.service.js';
import { SequenceColleaguesPages } from './sequence-colleagues.pages.js';
import { SequencePeoplePages } from './sequence-people.pages.js';
import { SequenceResultsPages } from './sequence-results.pages.js';
import { SequenceScreen } from './sequence-screen.service.js';
import { SequenceTestReadings } from './sequence-test-readings.service.js';
import { SequenceTestPages } from './sequence-test.pages.js';
import { SequenceVersionsPages } from './sequence-versions.pages.js';
import { SequencePages } from './sequences.pages.js';

/** Sequences: written, approved, tested, launched, measured. */
@Module({
  imports: [ClientsModule, CockpitModule, EngineModule, OutreachModule, ProspectsModule, SequencesModule],
  controllers: [
    SequenceEditorPages,
    SequenceApprovalPages,
    SequenceTestPages,
    SequenceResultsPages,
    SequenceVersionsPages,
    EnrolmentPages,
    SequencePeoplePages,
    SequenceColleaguesPages,
    OutboxPages,
    SequencePages,
  ],
  providers: [ApprovalForms, EditorScreen, SequenceMoves, SequenceScreen, SequenceTestReadings],
})
export class SequencePagesModule {}
