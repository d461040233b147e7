import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { Projection } from './projection.service.js';
import { ReportController } from './report.controller.js';
import { ReportCounts } from './report-counts.service.js';
import { Reports } from './reports.queries.js';

@Module({
  imports: [AccountsModule, ClientsModule],
  controllers: [ReportController],
  providers: [Projection, ReportCounts, Reports],
  exports: [Projection, Reports],
})
export class ReportingModule {}
