import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { ProspectsModule } from '../../prospects/prospects.module.js';
import { TrialModule } from '../../prospects/trial/trial.module.js';
import { IcpTrialPages, IcpTrialsPages } from './icp-trials.pages.js';
import { IcpTrialsScreen } from './icp-trials-screen.service.js';

/** ICPs at work. */
@Module({
  imports: [ClientsModule, ProspectsModule, TrialModule],
  controllers: [IcpTrialsPages, IcpTrialPages],
  providers: [IcpTrialsScreen],
})
export class IcpTrialPagesModule {}
