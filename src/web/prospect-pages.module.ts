import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { ListPages } from './lists.pages.js';
import { ProspectContexts } from './prospect-context.queries.js';
import { OppositionPages, ProspectPages } from './prospect.pages.js';
import { ProspectScreen } from './prospect-screen.service.js';
import { ProspectsPages } from './prospects.pages.js';
import { ProspectsScreen } from './prospects-screen.service.js';
import { AgencySuppressionPages, ClientSuppressionPages } from './suppressions.pages.js';
import { SuppressionsScreen } from './suppressions-screen.service.js';

/** Prospects, their lists, and those who must not be contacted. */
@Module({
  imports: [ClientsModule, ProspectsModule],
  controllers: [
    ProspectsPages,
    ProspectPages,
    OppositionPages,
    ListPages,
    ClientSuppressionPages,
    AgencySuppressionPages,
  ],
  providers: [ProspectContexts, ProspectScreen, ProspectsScreen, SuppressionsScreen],
})
export class ProspectPagesModule {}
