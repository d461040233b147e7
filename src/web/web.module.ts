import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ImportPagesModule } from './imports/import-pages.module.js';
import { MeetingsPagesModule } from './meetings/meetings-pages.module.js';
import { ClientPagesModule } from './clients/client-pages.module.js';
import { CockpitPagesModule } from './today/cockpit-pages.module.js';
import { CostPagesModule } from './report/cost-pages.module.js';
import { DuplicatePagesModule } from './duplicates/duplicate-pages.module.js';
import { IcpTrialPagesModule } from './icp/icp-trial-pages.module.js';
import { PortalPagesModule } from './portal/portal-pages.module.js';
import { InvitedPeople } from './people/invited-person.queries.js';
import { ErrorsFilter } from './rendering/errors.filter.js';
import { InputPipe } from './rendering/input.pipe.js';
import { PageGuard } from './rendering/page.guard.js';
import { Pages } from './rendering/pages.service.js';
import { Translations } from './rendering/translations.service.js';
import { Views } from './rendering/views.service.js';
import { ProspectPagesModule } from './prospects/prospect-pages.module.js';
import { ReportPagesModule } from './report/report-pages.module.js';
import { SequencePagesModule } from './sequences/sequence-pages.module.js';
import { EngineModule } from '../sequences/engine/engine.module.js';
import { SettingsPagesModule } from './settings/settings-pages.module.js';
import { SetupPages } from './sign-in/setup.pages.js';
import { SignInPages } from './sign-in/sign-in.pages.js';
import { UnsubscribePages } from './suppressions/unsubscribe.pages.js';

/** The pages. Imports the rooms below; nothing below knows of it. */
@Module({
  imports: [
    AccountsModule,
    ReportPagesModule,
    ClientPagesModule,
    CockpitPagesModule,
    CostPagesModule,
    DuplicatePagesModule,
    EngineModule,
    IcpTrialPagesModule,
    ImportPagesModule,
    MeetingsPagesModule,
    PortalPagesModule,
    ProspectPagesModule,
    SequencePagesModule,
    SettingsPagesModule,
  ],
  controllers: [SetupPages, SignInPages, UnsubscribePages],
  providers: [
    Pages,
    Translations,
    Views,
    InvitedPeople,
    { provide: APP_GUARD, useClass: PageGuard },
    { provide: APP_PIPE, useClass: InputPipe },
    { provide: APP_FILTER, useClass: ErrorsFilter },
  ],
  exports: [Translations],
})
export class WebModule {}
