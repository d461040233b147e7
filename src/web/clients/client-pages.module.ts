import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ClientsModule } from '../../clients/clients.module.js';
import { IcpModule } from '../../icp/icp.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { ReportingModule } from '../../reporting/reporting.module.js';
import { ClientOverviews } from './client-overview.queries.js';
import { ClientPage } from './client.pages.js';
import { ClientPages } from './clients.pages.js';
import { ContactPages } from './contacts.pages.js';
import { EngagementPages } from '../engagements/engagements.pages.js';
import { IcpPages } from '../icp/icps.pages.js';
import { NafPages } from '../icp/naf.pages.js';
import { OpenTasks } from '../people/open-tasks.queries.js';
import { PortalAccessPages } from '../portal/portal-access.pages.js';
import { TeamLeaveController } from '../people/team-leave.controller.js';
import { TeamLeavePages } from '../people/team-leave.pages.js';
import { TeamLeaves } from '../people/team-leaves.service.js';

/** Pages about a client itself: who they are, what was agreed, whom they look for. */
@Module({
  imports: [AccountsModule, ClientsModule, IcpModule, ProspectsModule, ReportingModule],
  controllers: [
    ClientPages,
    ClientPage,
    ContactPages,
    EngagementPages,
    IcpPages,
    NafPages,
    PortalAccessPages,
    TeamLeaveController,
    TeamLeavePages,
  ],
  providers: [ClientOverviews, OpenTasks, TeamLeaves],
})
export class ClientPagesModule {}
