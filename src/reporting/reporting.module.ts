import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { PortfolioController } from './portfolio.controller.js';
import { Portfolio } from './portfolio.queries.js';
import { Projection } from './facts/projection.service.js';
import { ReportController } from './report.controller.js';
import { ReportCounts } from './report-counts.service.js';
import { Reports } from './reports.queries.js';

@Module({
  imports: [AccountsModule, ClientsModule],
  controllers: [PortfolioController, ReportController],
  providers: [Portfolio, Projection, ReportCounts, Reports],
  exports: [Portfolio, Projection, Reports],
})
export class ReportingModule {}
