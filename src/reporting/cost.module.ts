import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { CostComparisonsController } from './cost-comparisons.controller.js';

@Module({
  imports: [ClientsModule],
  controllers: [CostComparisonsController],
})
export class CostModule {}
