import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { IcpController } from './icp.controller.js';
import { IcpQueries } from './icp.queries.js';
import { Icps } from './icps.service.js';

@Module({
  imports: [AccountsModule, ClientsModule],
  controllers: [IcpController],
  providers: [Icps, IcpQueries],
  exports: [Icps, IcpQueries],
})
export class IcpModule {}
