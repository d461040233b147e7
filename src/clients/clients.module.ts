import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ClientTeamController } from './client-team.controller.js';
import { ClientTeam } from './client-team.service.js';
import { ClientsController } from './clients.controller.js';
import { ClientQueries } from './clients.queries.js';
import { Clients } from './clients.service.js';
import { ContactsController } from './contacts.controller.js';
import { Contacts } from './contacts.service.js';
import { EngagementsController } from './engagements.controller.js';
import { EngagementQueries } from './engagements.queries.js';
import { Engagements } from './engagements.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [ClientsController, ClientTeamController, ContactsController, EngagementsController],
  providers: [Clients, ClientQueries, ClientTeam, Contacts, Engagements, EngagementQueries],
  exports: [Clients, ClientQueries, ClientTeam, Contacts, Engagements, EngagementQueries],
})
export class ClientsModule {}
