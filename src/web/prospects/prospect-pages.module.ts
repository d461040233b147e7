import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { EngineModule } from '../../sequences/engine/engine.module.js';
import { OutreachModule } from '../../outreach/outreach.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { SequencesModule } from '../../sequences/sequences.module.js';
import { BulkActPages } from '../bulk-acts/bulk-acts.pages.js';
import { BulkNameReads } from '../bulk-acts/bulk-names.queries.js';
import { BulkScreen } from '../bulk-acts/bulk-screen.service.js';
import { CompanySites } from './company-sites.queries.js';
import { ListPages } from './lists.pages.js';
import { ListsScreen } from './lists-screen.service.js';
import { ProspectContexts } from './prospect-context.queries.js';
import { ProspectEnrolmentPages } from './prospect-enrolments.pages.js';
import { OppositionPages, ProspectPages } from './prospect.pages.js';
import { ProspectFilePages, ProspectFilesController } from './prospect-files.controller.js';
import { ProspectFiles } from './prospect-files.service.js';
import { ProspectScreen } from './prospect-screen.service.js';
import { ProspectsPages } from './prospects.pages.js';
import { ProspectsScreen } from './prospects-screen.service.js';
import { QuickSearchPages } from './quick-search.pages.js';
import { TouchPages } from './touch.pages.js';
import { Translations } from '../rendering/translations.service.js';
import { SavedFilterPages } from './saved-filters.pages.js';
import { AgencySuppressionPages, ClientSuppressionPages } from '../suppressions/suppressions.pages.js';
import { SuppressionsScreen } from '../suppressions/suppressions-screen.service.js';

/** Prospects, their lists, and those who must not be contacted. */
@Module({
  imports: [EngineModule, ClientsModule, OutreachModule, ProspectsModule, SequencesModule],
  controllers: [
    ProspectsPages,
    ProspectPages,
    OppositionPages,
    ProspectEnrolmentPages,
    TouchPages,
    ListPages,
    SavedFilterPages,
    BulkActPages,
    QuickSearchPages,
    ProspectFilesController,
    ProspectFilePages,
    ClientSuppressionPages,
    AgencySuppressionPages,
  ],
  providers: [
    ProspectContexts,
    ProspectScreen,
    ProspectsScreen,
    BulkNameReads,
    BulkScreen,
    ListsScreen,
    ProspectFiles,
    CompanySites,
    Translations,
    SuppressionsScreen,
  ],
})
export class ProspectPagesModule {}
