import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ProspectsModule } from '../prospects.module.js';
import { IcpTrialQueries } from './icp-trials.queries.js';
import { IcpTrials } from './icp-trials.service.js';
import { TrialController } from './trial.controller.js';

/** ICPs at work on a list. */
@Module({
  imports: [AccountsModule, ProspectsModule],
  controllers: [TrialController],
  providers: [IcpTrials, IcpTrialQueries],
  exports: [IcpTrials, IcpTrialQueries],
})
export class TrialModule {}
