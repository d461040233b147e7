import { Module } from '@nestjs/common';
import { CostModule } from '../../reporting/cost/cost.module.js';
import { CostAssumptionPages } from './cost-assumptions.pages.js';
import { Translations } from '../rendering/translations.service.js';
import { RoiFilesController } from './roi-files.controller.js';
import { RoiFiles } from './roi-files.service.js';

/** What a client's meetings cost: the assumptions behind the comparison, and the summary to take away. */
@Module({
  imports: [CostModule],
  controllers: [CostAssumptionPages, RoiFilesController],
  providers: [RoiFiles, Translations],
})
export class CostPagesModule {}
