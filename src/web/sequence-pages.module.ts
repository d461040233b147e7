import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { OutreachModule } from '../outreach/outreach.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { SequencesModule } from '../sequences/sequences.module.js';
import { EnrolmentPages } from './enrolment.pages.js';
import { SequenceEditorPages } from './sequence-editor.pages.js';
import { SequencePeoplePages } from './sequence-people.pages.js';
import { SequencePages } from './sequences.pages.js';
import { TodayPages } from './today.pages.js';
import { TodayScreen } from './today-screen.service.js';

/** Sequences, and Today where their steps are done. */
@Module({
  imports: [ClientsModule, OutreachModule, ProspectsModule, SequencesModule],
  controllers: [TodayPages, SequenceEditorPages, EnrolmentPages, SequencePeoplePages, SequencePages],
  providers: [TodayScreen],
})
export class SequencePagesModule {}
