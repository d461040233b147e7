import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ClientsModule } from '../../clients/clients.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { ClientNames } from '../clients/client-names.queries.js';
import { ClientSwitcherPages } from '../clients/client-switcher.pages.js';
import { LanguagePages } from './language.pages.js';
import { Colleagues } from '../people/colleagues.queries.js';
import { MailboxPages } from '../mailboxes/mailboxes.pages.js';
import { OutreachModule } from '../../outreach/outreach.module.js';
import { PeoplePages } from '../people/people.pages.js';
import { PersonPages } from '../people/person.pages.js';
import { HandOverPages } from '../people/hand-over.pages.js';
import { OpenTasks } from '../people/open-tasks.queries.js';
import { Departures } from '../people/departures.service.js';
import { PersonWork } from '../people/person-work.service.js';
import { ProfilePages } from './profile.pages.js';
import { SettingsPages } from './settings.pages.js';
import { TokenPages } from './tokens.pages.js';
import { TrailPages } from './trail.pages.js';

/** Pages about the people who use Carnet, and what each sets for themselves. */
@Module({
  imports: [AccountsModule, ClientsModule, OutreachModule, ProspectsModule],
  controllers: [
    ClientSwitcherPages,
    LanguagePages,
    MailboxPages,
    PeoplePages,
    PersonPages,
    HandOverPages,
    ProfilePages,
    SettingsPages,
    TokenPages,
    TrailPages,
  ],
  providers: [ClientNames, Colleagues, Departures, OpenTasks, PersonWork],
})
export class SettingsPagesModule {}
